"""First-order methods: gradient descent and its descendants.

One chapter of the book; every public name is reachable from here.
"""

from derivable.optimization.first_order.adaptive import adagrad, rmsprop
from derivable.optimization.first_order.backtracking import (
    armijo,
    line_search,
)
from derivable.optimization.first_order.descent import (
    gradient_descent,
    momentum,
    nesterov,
)
from derivable.optimization.first_order.loop import minimize
from derivable.optimization.first_order.moments import adam, adamw
from derivable.optimization.first_order.problems import quadratic, rosenbrock
from derivable.optimization.first_order.regression import (
    linear_regression,
    logistic_regression,
)
from derivable.optimization.first_order.rule import Optimizer
from derivable.optimization.first_order.schedules import (
    cosine_decay,
    exponential_decay,
    inverse_decay,
    step_decay,
    warmup_cosine,
)
from derivable.optimization.first_order.stochastic import (
    Batches,
    FiniteSum,
    sgd,
    svrg,
)
from derivable.optimization.first_order.tuning import Tuned, tune
from derivable.optimization.first_order.wrappers import clipped, with_decay

__all__ = [
    "Batches",
    "FiniteSum",
    "Optimizer",
    "Tuned",
    "adagrad",
    "adam",
    "adamw",
    "armijo",
    "clipped",
    "cosine_decay",
    "exponential_decay",
    "gradient_descent",
    "inverse_decay",
    "line_search",
    "linear_regression",
    "logistic_regression",
    "minimize",
    "momentum",
    "nesterov",
    "quadratic",
    "rmsprop",
    "rosenbrock",
    "sgd",
    "step_decay",
    "svrg",
    "tune",
    "warmup_cosine",
    "with_decay",
]

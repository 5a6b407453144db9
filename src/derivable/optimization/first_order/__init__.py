"""First-order methods: gradient descent and its descendants.

One chapter of the book; every public name is reachable from here.
"""

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
from derivable.optimization.first_order.problems import quadratic, rosenbrock
from derivable.optimization.first_order.regression import (
    linear_regression,
    logistic_regression,
)
from derivable.optimization.first_order.rule import Optimizer
from derivable.optimization.first_order.stochastic import (
    Batches,
    FiniteSum,
    sgd,
    svrg,
)

__all__ = [
    "Batches",
    "FiniteSum",
    "Optimizer",
    "armijo",
    "gradient_descent",
    "line_search",
    "linear_regression",
    "logistic_regression",
    "minimize",
    "momentum",
    "nesterov",
    "quadratic",
    "rosenbrock",
    "sgd",
    "svrg",
]

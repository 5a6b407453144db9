"""First-order methods: gradient descent and its descendants.

One chapter of the book; every public name is reachable from here.
"""

from derivable.optimization.first_order.loop import (
    DivergenceError,
    Optimizer,
    Path,
    minimize,
)
from derivable.optimization.first_order.optimizers import (
    adagrad,
    adam,
    adamw,
    gradient_descent,
    momentum,
    nesterov,
    rmsprop,
)
from derivable.optimization.first_order.problems import (
    Problem,
    logistic_regression,
    quadratic,
    rosenbrock,
)

__all__ = [
    "DivergenceError",
    "Optimizer",
    "Path",
    "Problem",
    "adagrad",
    "adam",
    "adamw",
    "gradient_descent",
    "logistic_regression",
    "minimize",
    "momentum",
    "nesterov",
    "quadratic",
    "rmsprop",
    "rosenbrock",
]

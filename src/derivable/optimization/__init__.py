"""Optimization: convergence predicted, then measured."""

from derivable.optimization.first_order import (
    DivergenceError,
    Optimizer,
    Path,
    Problem,
    adagrad,
    adam,
    adamw,
    gradient_descent,
    logistic_regression,
    minimize,
    momentum,
    nesterov,
    quadratic,
    rmsprop,
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

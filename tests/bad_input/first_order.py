"""Calls of the chapter on first-order methods."""

import numpy as np

from derivable.optimization import (
    Batches,
    FiniteSum,
    gradient_descent,
    linear_regression,
    minimize,
    quadratic,
)

FREE = {"Optimizer.name"}
INFINITE = {
    "linear_regression",  # a value beyond float64, as f of any problem
    "logistic_regression",
}
A, B = np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, 2.0])


def run(optimizer):
    return minimize(quadratic(A, B), [1.0, -1.0], optimizer, num_steps=3)


def at(problem):
    x = np.array([0.3, 0.2])
    return problem.f(x), problem.gradient(x), problem.minimiser


USE = {
    **dict.fromkeys(
        ("gradient_descent", "line_search", "momentum", "nesterov"), run
    ),
    **dict.fromkeys(("linear_regression", "logistic_regression"), at),
    **dict.fromkeys(("quadratic", "rosenbrock"), at),
    "Batches": lambda batches: list(batches.epoch(4)),
    "Batches.epoch": list,
    "FiniteSum": lambda problem: at(problem.full()),
    "FiniteSum.on": at,
    "Optimizer": run,
}


def calls():
    X, y = (
        [[1.0, 2.0], [3.0, 1.0], [2.0, 5.0], [1.0, 1.0]],
        [1.0, 0.0, 1.0, 0.0],
    )
    valley, x0 = quadratic(A, B), [1.0, -1.0]
    whole = FiniteSum(linear_regression, (np.array(X), np.array(y)))
    batches = Batches(2, np.random.default_rng(0))
    memory = {"learning_rate": 0.1, "beta": 0.5}
    return {
        "Batches": {
            "size": 2,
            "rng": np.random.default_rng(0),
            "replacement": True,
        },
        "Batches.epoch": {"self": batches, "n": 4},
        "FiniteSum": {"make": linear_regression, "data": (X, y)},
        "FiniteSum.on": {"self": whole, "i": [0, 2]},
        "Optimizer": {
            "name": "mine",
            "learning_rate": 0.1,
            "step": lambda _x, g, _state, alpha, _t: -alpha * g,
            "state": ("v",),
            "stability": 2.0,
        },
        "Optimizer.rate": {"self": gradient_descent(lambda t: 1 / t), "t": 1},
        "armijo": {
            "problem": valley,
            "x": x0,
            "d": [-1.0, 1.0],
            "initial": 1.0,
            "share": 0.1,
        },
        "gradient_descent": {"learning_rate": 0.1},
        "line_search": {"problem": valley, "initial": 1.0, "share": 0.1},
        "linear_regression": {"X": X, "y": y, "penalty": 0.1},
        "logistic_regression": {"X": X, "y": y, "penalty": 0.1},
        "minimize": {
            "problem": valley,
            "x0": x0,
            "optimizer": gradient_descent(0.1),
            "num_steps": 3,
            "keep_every": 2,
        },
        "momentum": {**memory, "dampening": 0.1, "first_undamped": True},
        "nesterov": {**memory},
        "quadratic": {"A": A, "b": B},
        "rosenbrock": {"n": 2},
        "sgd": {
            "problem": whole,
            "x0": x0,
            "optimizer": gradient_descent(0.01),
            "batches": batches,
            "num_epochs": 2,
        },
        "svrg": {
            "problem": whole,
            "x0": x0,
            "optimizer": gradient_descent(0.01),
            "batches": batches,
            "num_epochs": 2,
        },
    }

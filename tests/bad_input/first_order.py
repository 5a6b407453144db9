"""Calls of the chapter on first-order methods."""

import numpy as np

from derivable.optimization import (
    Batches,
    FiniteSum,
    gradient_descent,
    linear_regression,
    minimize,
    momentum,
    quadratic,
)

RESULTS = {"Tuned"}
FREE = {"Optimizer.name"}
SKIP = {"tune.run"}  # its paths are the library's own, and no numbers
INFINITE = {
    "linear_regression",  # a value beyond float64, as f of any problem
    "logistic_regression",
    "tune",  # the end of a run that diverged
}
A, B = np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, 2.0])


def run(optimizer):
    return minimize(quadratic(A, B), [1.0, -1.0], optimizer, num_steps=3)


def at(problem):
    x = np.array([0.3, 0.2])
    return problem.f(x), problem.gradient(x), problem.minimiser


def rates(schedule):
    return [schedule(t) for t in (1, 2, 50)]


USE = {
    **dict.fromkeys(
        ("adagrad", "adam", "adamw", "clipped", "gradient_descent"), run
    ),
    **dict.fromkeys(
        ("line_search", "momentum", "nesterov", "rmsprop", "with_decay"), run
    ),
    **dict.fromkeys(("cosine_decay", "exponential_decay"), rates),
    **dict.fromkeys(("inverse_decay", "step_decay", "warmup_cosine"), rates),
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
    root = {"epsilon": 1e-8, "epsilon_inside": True}
    adam = {"learning_rate": 0.1, "beta1": 0.8, "beta2": 0.9, "epsilon": 1e-8}
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
        "adagrad": {"learning_rate": 0.1, **root},
        "adam": {**adam, "bias_correction": True},
        "adamw": {**adam, "weight_decay": 0.1},
        "armijo": {
            "problem": valley,
            "x": x0,
            "d": [-1.0, 1.0],
            "initial": 1.0,
            "share": 0.1,
        },
        "clipped": {"optimizer": momentum(0.1), "max_norm": 1.0},
        "cosine_decay": {"initial": 0.1, "num_steps": 10, "floor": 0.01},
        "exponential_decay": {"initial": 0.1, "factor": 0.9},
        "gradient_descent": {"learning_rate": 0.1},
        "inverse_decay": {"initial": 0.1, "delay": 2.0},
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
        "rmsprop": {**memory, **root},
        "rosenbrock": {"n": 2},
        "sgd": {
            "problem": whole,
            "x0": x0,
            "optimizer": gradient_descent(0.01),
            "batches": batches,
            "num_epochs": 2,
        },
        "step_decay": {"initial": 0.1, "factor": 0.5, "every": 3},
        "svrg": {
            "problem": whole,
            "x0": x0,
            "optimizer": gradient_descent(0.01),
            "batches": batches,
            "num_epochs": 2,
        },
        "tune": {
            "run": lambda rate, _seed: run(gradient_descent(rate)),
            "rates": [0.01, 0.1],
            "seeds": [0, 1],
        },
        "warmup_cosine": {
            "peak": 0.1,
            "warmup_steps": 2,
            "num_steps": 10,
            "floor": 0.01,
        },
        "with_decay": {
            "optimizer": momentum(0.1),
            "weight_decay": 0.1,
            "coupled": True,
        },
    }

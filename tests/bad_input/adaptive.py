"""Calls of the chapter on adaptive methods."""

import numpy as np

from derivable.optimization import (
    gradient_descent,
    minimize,
    momentum,
    quadratic,
)

RESULTS = {"Tuned"}
SKIP = {"tune.run"}  # its paths are the library's own, and no numbers
INFINITE = {"tune"}  # the end of a run that diverged
A, B = np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, 2.0])


def run(optimizer):
    return minimize(quadratic(A, B), [1.0, -1.0], optimizer, num_steps=3)


def rates(schedule):
    return [schedule(t) for t in (1, 2, 50)]


USE = {
    **dict.fromkeys(("adagrad", "adam", "adamw", "clipped"), run),
    **dict.fromkeys(("rmsprop", "with_decay"), run),
    **dict.fromkeys(("cosine_decay", "exponential_decay"), rates),
    **dict.fromkeys(("inverse_decay", "step_decay", "warmup_cosine"), rates),
}


def calls():
    memory = {"learning_rate": 0.1, "beta": 0.5}
    root = {"epsilon": 1e-8, "epsilon_inside": True}
    adam = {"learning_rate": 0.1, "beta1": 0.8, "beta2": 0.9, "epsilon": 1e-8}
    return {
        "adagrad": {"learning_rate": 0.1, **root},
        "adam": {**adam, "bias_correction": True},
        "adamw": {**adam, "weight_decay": 0.1},
        "clipped": {"optimizer": momentum(0.1), "max_norm": 1.0},
        "cosine_decay": {"initial": 0.1, "num_steps": 10, "floor": 0.01},
        "exponential_decay": {"initial": 0.1, "factor": 0.9},
        "inverse_decay": {"initial": 0.1, "delay": 2.0},
        "rmsprop": {**memory, **root},
        "step_decay": {"initial": 0.1, "factor": 0.5, "every": 3},
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

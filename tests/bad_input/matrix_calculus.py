"""Calls of the chapter on matrix calculus."""

import numpy as np

from derivable.calculus import identities

RESULTS = {"Identity"}


def calls():
    X, w = [[1.0, 2.0], [3.0, 1.0], [2.0, 5.0]], [0.3, -0.2]
    return {
        "Identity.sample": {
            "self": identities[0],
            "rng": np.random.default_rng(0),
            "sizes": {"n": 2, "d": 3, "k": 2},
        },
        "adjugate": {"X": [[2.0, 1.0], [1.0, 3.0]]},
        "least_squares_gradient": {"X": X, "y": [1.0, 0.0, 2.0], "w": w},
        "logistic_gradient": {"X": X, "y": [1.0, 0.0, 1.0], "w": w},
    }

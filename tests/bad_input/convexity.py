"""Calls of the chapter on convexity."""

import numpy as np

from derivable.optimization import convex_functions, hinge_loss, logistic_loss

RESULTS = {"ConvexityCheck", "Loss", "ConvexFunction"}
W = np.array([0.3, -0.2])
USE = {
    "convex_functions": lambda found: [
        (e.f(W**2), e.gradient(W**2)) for e in found
    ],
    "huber_loss": lambda loss: loss([0.5, 2.0], [0.1, -1.0]),
    "linear_objective": lambda p: (p.f(W), p.gradient(W), p.smoothness),
}


def square(x):
    return np.sum(np.square(x))


def calls():
    x, y = [1.0, 2.0], [-1.0, 0.5]
    points = [x, y, [3.0, -2.0], [0.0, 1.0]]
    scored = {"z": [0.5, 2.0, -1.0], "y": [1.0, -1.0, 1.0]}
    search = {"points": points, "rng": np.random.default_rng(0)}
    return {
        "ConvexFunction.sample": {
            "self": convex_functions(2)[0],
            "num_points": 3,
            "n": 2,
            "rng": np.random.default_rng(0),
        },
        "Loss.__call__": {"self": logistic_loss(), **scored},
        "Loss.checked": {"self": hinge_loss(), **scored},
        "Loss.derivative": {"self": logistic_loss(), **scored},
        "absolute_loss": {},
        "categorical_loss": {"Z": points, "labels": [0, 1, 1, 0]},
        "chord_gap": {"f": square, "x": x, "y": y, "t": 0.25},
        "convex_functions": {"n": 2},
        "curvature_on_samples": {
            "gradient": lambda x: 2 * x,
            **search,
            "num_pairs": 5,
        },
        "hinge_loss": {},
        "huber_loss": {"delta": 0.5},
        "is_convex_on_samples": {
            "f": square,
            **search,
            "num_chords": 5,
            "tolerance": 1e-9,
        },
        "jensen_gap": {
            "f": square,
            "points": points,
            "weights": [0.1, 0.2, 0.3, 0.4],
        },
        "linear_objective": {
            "X": points,
            "y": [1.0, -1.0, 1.0, 1.0],
            "loss": logistic_loss(),
            "ridge": 0.1,
            "lasso": 0.2,
        },
        "logistic_loss": {},
        "squared_loss": {},
        "tangent_gap": {
            "f": square,
            "gradient": lambda x: 2 * x,
            "x": x,
            "y": y,
        },
    }

"""Calls of the chapter on functions."""

import numpy as np

RESULTS = {"Probe", "RoundTrip", "Solutions"}

# What a pipeline may carry is the business of its functions.
FREE = {"compose.functions"}
USE = {"compose": lambda pipeline: pipeline(2.0)}

A = np.array([[1.0, 2.0], [3.0, 5.0]])


def double(x):
    return 2 * x


def half(x):
    return x / 2


def calls():
    probe = {
        "f": double,
        "n": 3,
        "rng": np.random.default_rng(0),
        "scale": 2.0,
        "trials": 4,
    }
    return {
        "compose": {"functions": (half, double)},
        "is_affine": dict(probe),
        "is_linear": dict(probe),
        "left_inverse": {"D": np.array([[1.0], [2.0]])},
        "solutions": {"A": A, "b": [1.0, 2.0], "rtol": 1e-12},
        "undoes": {
            "g": half,
            "f": double,
            "points": [1.0, -2.0],
            "tolerance": 1e-9,
        },
    }

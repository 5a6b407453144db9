"""Calls of the chapter on gradients."""

import numpy as np

RESULTS = {"GradientCheck"}


def calls():
    at = {"f": lambda x: np.sum(np.sin(x)), "x": [0.5, 1.5]}
    return {
        "directional_derivative": {**at, "d": [1.0, 2.0], "h": 1e-5},
        "gradient_check": {**at, "grad": np.cos, "tolerance": 1e-6, "h": 1e-5},
        "numerical_gradient": {**at, "h": 1e-5},
    }

"""Calls of the chapter on derivatives."""

import numpy as np

USE = {"taylor_polynomial": lambda p: p([0.1, 0.2])}


def calls():
    x = [0.5, 1.5]
    at = {"f": np.sin, "x": x}
    return {
        "central_difference": {**at, "h": 1e-5},
        "complex_step": {**at, "h": 1e-20},
        "derivative": {**at, "method": "forward", "h": 1e-6},
        "forward_difference": {**at, "h": 1e-6},
        "partial": {
            "f": lambda x: np.sum(np.sin(x)),
            "i": 1,
            "x": x,
            "h": 1e-5,
        },
        "relu": {"z": x},
        "relu_derivative": {"z": x, "at_zero": 0.5},
        "sigmoid": {"z": x},
        "sigmoid_derivative": {"z": x},
        "softplus": {"z": x},
        "tanh_derivative": {"z": x},
        "taylor_polynomial": {"derivatives": [1.0, 2.0, 3.0], "a": 0.5},
        "taylor_remainder_bound": {"bound": 2.0, "distance": x, "degree": 3},
    }

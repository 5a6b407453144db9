"""Calls of the chapter on Jacobians."""

import numpy as np


def calls():
    x = [0.5, 1.5]
    return {
        "classify_critical_point": {
            "H": [[2.0, 1.0], [1.0, 3.0]],
            "tol": 1e-6,
            "atol": 1e-9,
        },
        "hessian": {"f": lambda x: np.sum(np.sin(x)), "x": x, "h": 1e-4},
        "jacobian": {"f": np.sin, "x": x, "h": 1e-5},
        "newton": {
            "g": lambda x: x**2 - 2.0,
            "x0": [1.0, 1.5],
            "J": lambda x: np.diag(2 * x),
            "tol": 1e-9,
            "max_steps": 30,
        },
        "softmax_jacobian": {"z": x},
    }

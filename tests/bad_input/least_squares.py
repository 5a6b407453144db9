"""Calls of the chapter on least squares."""

import numpy as np

RESULTS = {"LinearSolution", "QRIteration"}


def calls():
    A = [[1.0, 0.5], [1.0, 2.0], [1.0, 4.0], [1.0, 7.0]]
    b = [1.0, 2.5, 3.0, 6.0]
    A3 = [[2.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 4.0]]
    S = [[1.0, 2.0, 0.0], [0.0, 1.0, 1.0], [1.0, 0.0, 3.0]]
    u, v = [1.0, 0.5, -1.0], [0.0, 1.0, 2.0]
    return {
        "congruence": {"A": A3, "S": S},
        "filter_factors": {"A": A, "lam": 0.5},
        "householder": {"x": u},
        "lstsq": {"A": A, "b": b, "rtol": 1e-12},
        "normal_equations": {"A": A, "b": b},
        "projector": {"A": A},
        "qr": {"A": A},
        "qr_algorithm": {"A": A3, "shifts": True, "num_steps": 100},
        "qr_lstsq": {"A": A, "b": b},
        "r_squared": {"y": b, "y_hat": [1.0, 2.0, 3.5, 6.0]},
        "randomized_svd": {
            "A": A,
            "k": 1,
            "rng": np.random.default_rng(0),
            "oversampling": 1,
            "num_power": 1,
        },
        "range_finder": {
            "A": A,
            "size": 1,
            "rng": np.random.default_rng(0),
            "num_power": 1,
        },
        "ridge": {"A": A, "b": b, "lam": 0.5},
        "rls_update": {"x": u, "M": A3, "a": v, "beta": 1.5},
        "sherman_morrison": {"B": A3, "u": u, "v": v},
        "similarity": {"A": A3, "S": S},
        "tridiagonal": {"A": A3},
        "weighted_lstsq": {"A": A, "b": b, "weights": [1.0, 2.0, 0.5, 1.0]},
    }

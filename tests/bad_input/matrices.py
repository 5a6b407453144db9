"""Calls of the chapter on matrices."""

import numpy as np

from derivable.linalg import lu

RESULTS = {"LU"}
INFINITE = {"condition_number"}  # of a singular matrix


def calls():
    A = [[4.0, 1.0], [1.0, 3.0]]
    return {
        "affine": {"A": A, "b": [1.0, 2.0]},
        "apply_affine": {
            "M": [[1.0, 2.0, 3.0], [0.0, 1.0, 4.0], [0.0, 0.0, 1.0]],
            "X": [[1.0, 2.0], [3.0, 4.0]],
        },
        "cholesky": {"A": A},
        "condition_number": {"A": A},
        "dense": {"X": [[1.0, 2.0]], "W": A, "b": [1.0, 2.0]},
        "dense_flops": {"n": 3, "sizes": [4, 5, 2], "bias": True},
        "determinant": {"A": A},
        "inverse": {"A": A},
        "linearity_gap": {
            "f": lambda x: 2 * x,
            "n": 2,
            "rng": np.random.default_rng(0),
            "trials": 3,
        },
        "lu": {"A": A, "pivot": True},
        "lu_solve": {"factors": lu(A), "b": [1.0, 2.0]},
        "matrix_chain": {"dims": [2, 3, 4]},
        "projection_matrix": {"u": [3.0, 4.0]},
        "reflection": {"theta": 0.3},
        "rotation": {"theta": 0.3},
        "shear": {"k": 0.3},
    }

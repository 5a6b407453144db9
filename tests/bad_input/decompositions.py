"""Calls of the chapter on decompositions."""

import numpy as np

from derivable.linalg import pca

RESULTS = {"Factors", "PCA", "PowerIteration", "Subspaces"}


def calls():
    A = [[2.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 4.0]]
    X = [[1.0, 2.0], [3.0, 1.0], [2.0, 5.0], [0.0, 1.0]]
    W = [[0.0, 1.0, 0.0], [1.0, 0.0, 2.0], [0.0, 2.0, 0.0]]
    found = pca(X, 2)
    return {
        "PCA.inverse": {"self": found, "Z": [[1.0, 2.0]]},
        "PCA.transform": {"self": found, "X": X},
        "PCA.whiten": {"self": found, "X": X},
        "als": {
            "R": [[1.0, 4.0, 2.0], [2.0, 5.0, 3.0]],
            "k": 1,
            "rng": np.random.default_rng(0),
            "ridge": 0.5,
            "num_sweeps": 3,
        },
        "eigen_symmetric": {"A": A, "num_sweeps": 20},
        "google_matrix": {"links": W, "damping": 0.85},
        "gram_svd": {"A": A},
        "laplacian": {"W": W},
        "low_rank": {"A": A, "k": 1},
        "pagerank": {
            "links": W,
            "damping": 0.85,
            "num_steps": 500,
            "tol": 1e-10,
        },
        "pca": {"X": X, "k": 1},
        "picture": {"height": 4, "width": 6},
        "power_iteration": {
            "A": A,
            "x0": [1.0, 2.0, 3.0],
            "num_steps": 500,
            "tol": 1e-8,
        },
        "pseudo_inverse": {"A": A, "rtol": 1e-12},
        "spectral_clustering": {"W": W, "k": 2},
        "subspaces": {"A": A, "rtol": 1e-12},
    }


FREE = {"als.R"}  # NaN marks what is not there

"""Calls of the chapter on information."""

import numpy as np

INFINITE = {  # the support of p is not that of q
    "cross_entropy",
    "kl_divergence",
    "perplexity",
}


def calls():
    p, q = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.2, 0.6])
    P = np.array([[0.1, 0.2, 0.1], [0.3, 0.1, 0.2]])
    x, y = np.array([0, 1, 1, 2]), np.array([1, 0, 1, 1])
    gauss = {
        "mean_p": np.array([0.0, 1.0]),
        "std_p": np.array([1.0, 2.0]),
        "mean_q": np.array([0.5, -1.0]),
        "std_q": np.array([2.0, 0.5]),
    }
    return {
        "binary_cross_entropy": {
            "z": np.array([0.5, -1.0]),
            "y": np.array([1.0, 0.3]),
            "base": 2.5,
        },
        "block_distribution": {"p": p, "m": 3},
        "conditional_entropy": {"P": P, "base": 2.5},
        "contingency_table": {"x": x, "y": y},
        "cross_entropy": {"p": p, "q": q, "base": 2.5},
        "discretized_gaussian": {
            "x": np.array([-1.0, 0.0, 2.0]),
            "mean": 0.5,
            "std": 1.5,
        },
        "entropy": {"p": p, "base": 2.5},
        "gaussian_entropy": {"std": 1.5, "base": 2.5},
        "gaussian_kl": {**gauss, "base": 2.5},
        "huffman": {"p": p},
        "information_gain": {"labels": y, "split": x, "base": 2.5},
        "kl_divergence": {"p": p, "q": q, "base": 2.5},
        "miller_madow": {"counts": np.array([3, 0, 5]), "base": 2.5},
        "mutual_information": {"P": P, "base": 2.5},
        "perplexity": {"p": p, "q": q},
    }

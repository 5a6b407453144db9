"""Calls of the chapter on training."""

import numpy as np

from derivable.learning import BatchNorm, EarlyStopping, batch_norm, layer_norm
from derivable.optimization import Batches, gradient_descent

RESULTS = {"Fit", "LayerReport", "Normalised", "RangeTest"}
SKIP = {"learning_rate_range_test.optimizer"}  # makes rules of the library
X = [[1.0, 2.0, -1.0], [0.5, -1.0, 3.0], [2.0, 0.3, 0.1], [1.5, 0.2, 2.0]]
DATA = np.array(X)


def step(w, i):
    r = DATA[i, 0] * w - 1
    return np.mean(r**2) / 2, np.mean(DATA[i, 0] * r)


def held_out(w):
    return float(np.sum(np.square(w)))


def calls():
    gamma, beta = [1.0, 2.0, -0.5], [0.1, 0.2, 0.3]
    norm = {"X": X, "gamma": gamma, "beta": beta, "epsilon": 1e-5}
    layer = BatchNorm(np.array(gamma), np.array(beta), np.zeros(3), np.ones(3))
    dense = [
        {"W": np.array([[0.5, -1.0], [1.0, 0.5], [0.3, 0.2]]), "b": [1.0, 0]},
        {"W": np.array([[1.0, -0.5], [0.2, 0.7]]), "b": [0.1, 0.0]},
    ]
    normed = [
        {"W": dense[0]["W"], "gamma": [1.0, 2.0], "beta": [0.1, 0.0]},
        dense[1],
    ]
    batches = {"batches": Batches(2, np.random.default_rng(0))}
    values = {"self": EarlyStopping(2), "values": [3.0, 2.0, 2.5]}
    return {
        "BatchNorm": {
            "gamma": gamma,
            "beta": beta,
            "mean": [0.0, 1.0, 2.0],
            "variance": [1.0, 2.0, 3.0],
            "keep": 0.9,
            "epsilon": 1e-5,
        },
        "BatchNorm.evaluate": {"self": layer, "X": X},
        "BatchNorm.train": {"self": layer, "X": X},
        "EarlyStopping": {"patience": 3, "min_delta": 0.1},
        "EarlyStopping.best": values,
        "EarlyStopping.stops": values,
        "batch_norm": norm,
        "batch_norm_backward": {
            "dY": X,
            "gamma": gamma,
            "run": batch_norm(X, gamma, beta),
        },
        "clipped_by_value": {"optimizer": gradient_descent(0.1), "limit": 1.0},
        "diagnose": {
            "parameters": dense,
            "X": X,
            "y": [0, 1, 1, 0],
            "optimizer": gradient_descent(0.1),
            "activation": "tanh",
            "loss": "cross_entropy",
        },
        "dropout": {"A": X, "rate": 0.5, "rng": np.random.default_rng(0)},
        "fit": {
            "step": step,
            "parameters": 0.1,
            "n": 4,
            "optimizer": gradient_descent(0.1),
            **batches,
            "num_epochs": 3,
            "validate": held_out,
            "stopping": EarlyStopping(2),
        },
        "init_batch_norm": {"d": 3, "keep": 0.9, "epsilon": 1e-5},
        "init_normalised": {
            "sizes": [3, 2, 2],
            "rng": np.random.default_rng(0),
            "activation": "tanh",
        },
        "layer_norm": norm,
        "layer_norm_backward": {
            "dY": X,
            "gamma": gamma,
            "run": layer_norm(X, gamma, beta),
        },
        "layer_statistics": {
            "parameters": normed,
            "X": X,
            "activation": "tanh",
        },
        "learning_rate_range_test": {
            "step": step,
            "parameters": 0.1,
            "n": 4,
            "optimizer": gradient_descent,
            **batches,
            "low": 1e-3,
            "high": 1.0,
            "num_steps": 6,
            "growth": 4.0,
        },
        "normalised_mlp": {
            "parameters": normed,
            "X": X,
            "norm": "batch",
            "activation": "tanh",
            "statistics": [([0.0, 1.0], [1.0, 2.0])],
        },
    }

"""Calls of the chapter on networks."""

import numpy as np

from derivable.optimization import Batches, gradient_descent

RESULTS = {"Training"}
FREE = {
    "Activation.f",  # checked where they are used
    "Activation.slope",
    "Activation.std",
}


def calls():
    layers = [
        {"W": np.array([[0.5, -1.0, 2.0], [1.0, 0.5, 0.3]]), "b": np.ones(3)},
        {"W": np.array([[1.0, -0.5], [0.2, 0.7], [2.0, 1.0]]), "b": [0.1, 0]},
    ]
    X = [[1.0, 2.0], [0.5, -1.0], [2.0, 0.3]]
    at = {"parameters": layers, "X": X, "activation": "tanh"}
    y = [0, 1, 1]
    return {
        "Activation": {
            "f": np.tanh,
            "slope": lambda z: 1 - np.tanh(z) ** 2,
            "std": lambda _d, _k: 0.1,
        },
        "backpropagate": {**at, "y": y, "loss": "cross_entropy"},
        "forward_flops": {"sizes": [2, 3, 2], "batch_size": 4},
        "gelu": {"z": [1.0, -2.0]},
        "gelu_derivative": {"z": [1.0, -2.0]},
        "hinge_network": {"f": np.sin, "a": 0.5, "b": 3.0, "num_pieces": 3},
        "init_mlp": {
            "sizes": [2, 3, 2],
            "rng": np.random.default_rng(0),
            "activation": "gelu",
        },
        "leaky_relu": {"z": [1.0, -2.0], "slope": 0.1},
        "leaky_relu_derivative": {"z": [1.0, -2.0], "slope": 0.1},
        "mlp": at,
        "network_loss": {
            **at,
            "y": [[0.0, 1.0], [2.0, 3.0], [0.5, -1.0]],
            "loss": "squared_error",
        },
        "parameter_count": {"sizes": [2, 3, 2]},
        "predict_classes": at,
        "train": {
            **at,
            "y": y,
            "optimizer": gradient_descent(0.1),
            "batches": Batches(2, np.random.default_rng(0)),
            "num_epochs": 2,
            "loss": "cross_entropy",
        },
    }

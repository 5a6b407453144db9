"""Calls of the chapter on the chain rule."""

import numpy as np

CALLED = {
    "two_layer_gradients.X": "params",
    "two_layer_gradients.Y": "loss",
}


def calls():
    return {
        "chain_slopes": {"links": [(np.sin, np.cos)] * 3, "x": 0.5},
        "two_layer_gradients": {
            "params": (
                [[0.5, -0.4], [0.3, 0.8]],
                [0.1, 0.2],
                [[0.7], [-0.6]],
                [0.3],
            ),
            "X": [[1.0, 2.0], [0.5, -1.0], [0.2, 0.4]],
            "Y": [[1.0], [0.0], [2.0]],
        },
    }

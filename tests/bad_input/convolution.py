"""Calls of the chapter on convolutional networks."""

import numpy as np

from derivable.optimization import Batches, gradient_descent

CALLED = {  # None means another stride, which dY does not fit
    "average_pool2d_gradient.stride": "dY",
    "max_pool2d_gradient.stride": "dY",
}


def calls():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(3, 2, 6, 4))
    F, b = rng.normal(size=(4, 2, 3, 3)), rng.normal(size=4)
    dY = rng.normal(size=(3, 4, 3, 2))
    at = {"stride": 2, "padding": 1}
    layers = [
        {"F": rng.normal(size=(4, 2, 3, 3)), "b": np.ones(4)},
        {"W": rng.normal(size=(4 * 3 * 2, 5)), "b": np.ones(5)},
    ]
    y = [0, 4, 1]
    pool = {"X": X, "window": 2, "stride": 1}
    means = rng.normal(size=(3, 2, 5, 3))
    return {
        "average_pool2d": pool,
        "average_pool2d_gradient": {
            "dY": means,
            "size": (6, 4),
            "window": 2,
            "stride": 1,
        },
        "col2im": {
            "dB": rng.normal(size=(18, 18)),
            "shape": (3, 2, 6, 4),
            "kernel": (3, 3),
            **at,
        },
        "conv2d_filter_gradient": {"X": X, "dY": dY, "kernel": (3, 3), **at},
        "conv2d_transpose": {"dY": dY, "F": F, "size": (6, 4), **at},
        "conv_layer": {"X": X, "F": F, "b": b, **at},
        "conv_parameter_count": {
            "channels": 3,
            "filters": 8,
            "kernel": (3, 5),
        },
        "convnet": {"parameters": layers, "X": X},
        "convnet_gradient": {"parameters": layers, "X": X, "y": y},
        "convnet_loss": {"parameters": layers, "X": X, "y": y},
        "dilate": {"Y": dY, "step": 2},
        "dilated_size": {"kernel": 3, "dilation": 2},
        "init_convnet": {
            "shape": (2, 6, 4),
            "channels": [3, 4],
            "num_classes": 5,
            "rng": np.random.default_rng(0),
            "kernel": 3,
            "global_pool": True,
        },
        "max_pool2d": pool,
        "max_pool2d_gradient": {**pool, "dY": means},
        "predict_images": {"parameters": layers, "X": X},
        "receptive_field": {"layers": [(3, 1), (2, 2)]},
        "train_convnet": {
            "parameters": layers,
            "X": X,
            "y": y,
            "optimizer": gradient_descent(0.1),
            "batches": Batches(2, np.random.default_rng(0)),
            "num_epochs": 2,
        },
    }

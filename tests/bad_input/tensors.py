"""Calls of the chapter on tensors."""

import numpy as np


def calls():
    rng = np.random.default_rng(0)
    X, F = rng.normal(size=(2, 2, 4, 5)), rng.normal(size=(3, 2, 2, 2))
    Q, K = rng.normal(size=(3, 2)), rng.normal(size=(4, 2))
    seen = np.array([True, True, False, True])
    slid = {"stride": 1, "padding": 1}
    return {
        "attention": {
            "Q": Q,
            "K": K,
            "V": rng.normal(size=(4, 3)),
            "mask": seen,
            "scale": 0.7,
        },
        "attention_weights": {"Q": Q, "K": K, "mask": seen, "scale": 0.7},
        "broadcast_shape": {"shapes": ((2, 1), (3,))},
        "contiguous_strides": {"shape": (2, 3), "itemsize": 8, "order": "F"},
        "conv2d": {"X": X, "F": F, **slid},
        "conv2d_im2col": {"X": X, "F": F, **slid},
        "conv2d_matrix": {"F": F, "shape": (2, 3, 4), **slid},
        "conv_output_size": {"size": 5, "kernel": 2, **slid},
        "einsum_flops": {"subscripts": "ij,j->i", "shapes": ((2, 3), (3,))},
        "einsum_loops": {
            "subscripts": "ij,j->i",
            "operands": ([[1.0, 2.0], [3.0, 4.0]], [1.0, 2.0]),
        },
        "im2col": {"X": X, "kernel": (2, 2), **slid},
        "positional_encoding": {"length": 3, "width": 4, "base": 1e4},
    }

"""What one output depends on grows with every layer, as predicted."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import grad
from derivable.learning import average_pool2d, conv_layer, receptive_field

LAYERS = [(3, 1), (2, 2), (3, 1), (2, 2)]
SIDE = 16


def output(x, layers):
    """One output in the middle, of filters that are all ones."""
    for k, t in layers:
        if t == 1:
            x = conv_layer(x, np.ones((1, 1, k, k)) / k**2, [0.0])
        else:
            x = average_pool2d(x, k)
    middle = x.shape[2] // 2
    return x[0, 0, middle, middle]


def seen(depth):
    x = np.zeros((1, 1, SIDE, SIDE))
    return grad(lambda x: output(x, LAYERS[:depth]))(x)[0, 0]


def numbers():
    sides = [int(np.sum(seen(d).any(axis=0))) for d in (1, 2, 3, 4)]
    return {"sides": sides, "rho": receptive_field(LAYERS)[0]}


def figure() -> Figure:
    fig, axes = plt.subplots(1, 4, figsize=(6.8, 2.1))
    names = ["3 × 3", "pooled", "3 × 3", "pooled"]
    for d, (ax, name) in enumerate(zip(axes, names, strict=True), 1):
        g = seen(d)
        ax.pcolormesh(np.ma.masked_equal(g, 0), cmap="viridis", vmin=0)
        side = int(np.sum(g.any(axis=0)))
        ax.set(
            xlabel=f"layer {d}, {name}:\n{side} × {side}",
            xticks=[],
            yticks=[],
            aspect="equal",
            xlim=(0, SIDE),
            ylim=(SIDE, 0),
        )
        ax.spines[["top", "right"]].set_visible(True)
    return fig

"""With a path around each layer, the slope of a chain does not vanish."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import chain_slopes, sigmoid, sigmoid_derivative

LAYERS, START = 50, 0.5


def plain(a):
    return sigmoid(a - 2)


def plain_slope(a):
    return sigmoid_derivative(a - 2)


def slopes():
    """Without and with a skip connection, after each layer."""
    links = {
        "without": (plain, plain_slope),
        "kept": (lambda a: a + plain(a), lambda a: 1 + plain_slope(a)),
    }
    return {
        name: chain_slopes([link] * LAYERS, START)[1]
        for name, link in links.items()
    }


def numbers():
    return {"layers": LAYERS, **slopes()}


def figure() -> Figure:
    found, layers = slopes(), np.arange(LAYERS + 1)
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    ax.semilogy(layers, found["without"], color="C0")
    ax.semilogy(layers, found["kept"], color="C2")
    ax.text(28, 1e-22, "without", color="C0")
    ax.text(30, 1e4, "with a skip connection", color="C2")
    ax.set(
        xlabel="layers",
        ylabel="slope",
        ylim=(1e-50, 1e8),
        yticks=[1e-50, 1e-40, 1e-30, 1e-20, 1e-10, 1],
    )
    return fig

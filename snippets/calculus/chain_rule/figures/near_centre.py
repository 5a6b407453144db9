"""A chain of fifty layers explodes at its centre and vanishes beside it."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import chain_slopes, sigmoid_derivative

LAYERS = 50
WEIGHTS = {4: "C7", 8: "C1"}
DISTANCES = np.logspace(-16, -0.5, 311)


def layer(w):
    """As a function of the distance from one half, which loses no digits."""
    return (
        lambda u: np.tanh(w * u / 2) / 2,
        lambda u: w * sigmoid_derivative(w * u),
    )


@functools.cache
def slopes(w):
    links = [layer(w)] * LAYERS
    return np.array([chain_slopes(links, u)[1][-1] for u in DISTANCES])


def numbers():
    falling = -np.log(slopes(8))
    return {
        "layers": LAYERS,
        "nearest": DISTANCES[0],
        "near": [slopes(w)[0] for w in WEIGHTS],
        "far": [slopes(w)[-1] for w in WEIGHTS],
        "crosses": np.exp(np.interp(0, falling, np.log(DISTANCES))),
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.8))
    for w, color in WEIGHTS.items():
        ax.loglog(DISTANCES, slopes(w), color=color)
    ax.text(1e-4, 1e2, "w = 4", color="C7")
    ax.text(3e-12, 1e6, "w = 8", color="C1")
    ax.set(
        xlabel="distance of the start from one half",
        ylabel="slope of the whole chain",
        yticks=[1e-40, 1e-30, 1e-20, 1e-10, 1, 1e10],
    )
    return fig

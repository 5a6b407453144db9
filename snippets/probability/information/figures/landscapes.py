"""D(p, q) has one minimum over Gaussians, D(q, p) has two."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import discretized_gaussian, kl_divergence

X = np.linspace(-9, 9, 241)
TARGET = np.array([0.6, 0.4]) @ [
    discretized_gaussian(X, -2, 0.8),
    discretized_gaussian(X, 3, 0.6),
]
MEANS = np.linspace(-4, 5, 55)
STDS = np.geomspace(0.4, 4, 41)


@functools.cache
def maps():
    """Both divergences, shape (2, deviations, means)."""
    found = np.empty((2, len(STDS), len(MEANS)))
    for i, std in enumerate(STDS):
        for j, mean in enumerate(MEANS):
            q = discretized_gaussian(X, mean, std)
            found[:, i, j] = kl_divergence(TARGET, q), kl_divergence(q, TARGET)
    return found


def pits(values):
    """Places that are lower than their eight neighbours."""
    inner = values[1:-1, 1:-1]
    around = [
        values[
            1 + a : values.shape[0] - 1 + a, 1 + b : values.shape[1] - 1 + b
        ]
        for a in (-1, 0, 1)
        for b in (-1, 0, 1)
        if (a, b) != (0, 0)
    ]
    return np.argwhere(np.all([inner < other for other in around], axis=0)) + 1


def numbers():
    return {"minima": [len(pits(values)) for values in maps()]}


def figure() -> Figure:
    fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.5), sharey=True)
    for ax, values, name, color in zip(
        axes, maps(), ("D(p ‖ q)", "D(q ‖ p)"), ("C0", "C1"), strict=True
    ):
        ax.contour(
            MEANS,
            STDS,
            values,
            np.geomspace(0.52, 30, 12),
            colors=color,
            linewidths=1,
        )
        for i, j in pits(values):
            ax.plot(MEANS[j], STDS[i], "*", color=color, ms=11)
        ax.text(
            0.5,
            1.02,
            name,
            color=color,
            transform=ax.transAxes,
            weight="bold",
            ha="center",
        )
        ax.set(xlabel="mean of q")
        ax.grid(visible=False)
    axes[0].set(ylabel="deviation of q", ylim=(0.4, 4))
    return fig

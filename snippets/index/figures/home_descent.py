"""Steps against the gradient fall into the valley, then crawl along it."""

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import grad

X = np.array([[1.0, 2.0], [3.0, 4.0]])


def loss(w):
    return np.mean((X @ w - 1) ** 2)


@cache
def descent():
    path = [np.array([1.0, 0.0])]
    for _ in range(200):
        path.append(path[-1] - 0.06 * grad(loss)(path[-1]))
    return np.array(path)


def numbers():
    return {"path": descent(), "goal": np.array([-1.0, 1.0])}


def figure() -> Figure:
    u, v = descent().T
    a, b = np.meshgrid(np.linspace(-1.5, 1.6, 90), np.linspace(-0.6, 1.4, 60))
    heights = np.mean(
        (a[..., None] * X[:, 0] + b[..., None] * X[:, 1] - 1) ** 2, axis=-1
    )

    fig, ax = plt.subplots(figsize=(6.4, 2.7))
    ax.contour(
        a,
        b,
        np.sqrt(heights),
        levels=9,
        colors="C7",
        alpha=0.5,
        linewidths=0.8,
    )
    ax.plot(u, v, ".-", color="C0", ms=4, lw=1.2)
    ax.plot(-1, 1, "*", color="C1", ms=11)
    ax.text(1.05, 0.03, "start", color="C0")
    ax.text(-0.92, 1.07, "minimum", color="C1")
    ax.set(xlabel="$w_1$", ylabel="$w_2$")
    return fig

"""Units that start alike stay alike: all of them are one straight edge."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import make_moons

from derivable.learning import init_mlp, mlp, predict_classes, train
from derivable.optimization import Batches, adam

X, y = make_moons(300, noise=0.15, random_state=0)
UNITS = 16


def start(kind):
    rng = np.random.default_rng(0)
    layers = init_mlp([2, UNITS, 2], rng=rng, activation="tanh")
    if kind == "alike":
        layers[0]["W"][:] = layers[0]["W"][:, :1]
        layers[1]["W"][:] = layers[1]["W"][:1]
    return layers


def trained(kind):
    batches = Batches(30, np.random.default_rng(1))
    return train(
        *(start(kind), X, y),
        optimizer=adam(0.02),
        batches=batches,
        num_epochs=80,
        activation="tanh",
    ).parameters


MODELS = {kind: trained(kind) for kind in ("alike", "random")}


def numbers():
    right = {
        kind: float(np.mean(predict_classes(p, X, activation="tanh") == y))
        for kind, p in MODELS.items()
    }
    W = MODELS["alike"][0]["W"]
    return {**right, "units": UNITS, "spread": float(np.ptp(W, axis=1).max())}


def figure() -> Figure:
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.0), sharey=True)
    u, v = np.meshgrid(np.linspace(-1.7, 2.7, 121), np.linspace(-1.3, 1.8, 91))
    grid = np.column_stack([u.ravel(), v.ravel()])
    for ax, (kind, p) in zip(axes, MODELS.items(), strict=True):
        Z = mlp(p, grid, activation="tanh")
        gap = (Z[:, 1] - Z[:, 0]).reshape(u.shape)
        ax.contour(u, v, gap, levels=[0.0], colors="C2", linewidths=2.2)
        for w, b in zip(p[0]["W"].T, p[0]["b"], strict=True):
            x = np.array([-1.7, 2.7])
            with np.errstate(divide="ignore"):
                ax.plot(x, -(b + w[0] * x) / w[1], color="C7", lw=0.6)
        for c, mark in enumerate("o^"):
            ax.plot(*X[y == c].T, mark, color=f"C{c}", ms=3)
        ax.set(xlabel=f"$x_1$, {kind} start", ylim=(-1.3, 1.8))
        ax.set(xlim=(-1.7, 2.7))
    axes[0].set(ylabel="$x_2$")
    return fig

"""A line cannot part two moons; a network of two hidden layers can."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import make_moons

from derivable.calculus import softmax
from derivable.learning import init_mlp, mlp, predict_classes, train
from derivable.optimization import Batches, adam

X, y = make_moons(300, noise=0.15, random_state=0)
SIZES = {"no hidden layer": [2, 2], "two hidden layers": [2, 16, 16, 2]}


def trained(sizes):
    rng = np.random.default_rng(0)
    start = init_mlp(sizes, rng=rng, activation="tanh")
    return train(
        *(start, X, y),
        optimizer=adam(0.02),
        batches=Batches(30, rng),
        num_epochs=60,
        activation="tanh",
    ).parameters


MODELS = {name: trained(sizes) for name, sizes in SIZES.items()}


def numbers():
    right = [
        float(np.mean(predict_classes(p, X, activation="tanh") == y))
        for p in MODELS.values()
    ]
    return {"line": right[0], "network": right[1]}


def figure() -> Figure:
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.0), sharey=True)
    u, v = np.meshgrid(np.linspace(-1.7, 2.7, 121), np.linspace(-1.3, 1.8, 91))
    grid = np.column_stack([u.ravel(), v.ravel()])
    for ax, (name, p) in zip(axes, MODELS.items(), strict=True):
        shares = softmax(mlp(p, grid, activation="tanh"))[:, 1]
        ax.contour(
            *(u, v, shares.reshape(u.shape)),
            levels=[0.1, 0.5, 0.9],
            colors=["C7", "C2", "C7"],
            linewidths=[0.8, 2.2, 0.8],
        )
        for c, mark in enumerate("o^"):
            ax.plot(*X[y == c].T, mark, color=f"C{c}", ms=3)
        ax.set(xlabel=f"$x_1$, {name}")
    axes[0].set(ylabel="$x_2$")
    return fig

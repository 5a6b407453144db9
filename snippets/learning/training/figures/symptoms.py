"""Several faults have curves that look alike."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits

from derivable.learning import backpropagate, fit, init_mlp
from derivable.optimization import Batches, gradient_descent

X, y = load_digits(return_X_y=True)
X, y = X[:640] / 16, y[:640]
UNITS = np.where(np.arange(64) % 8 == 4, 50.0, 1.0)  # one column of pixels


def losses(rate, *, scale=1.0, units=1.0):
    def step(p, i):
        loss, g = backpropagate(p, X[i] * units, y[i])
        return loss, [{k: scale * h[k] for k in h} for h in g]

    return fit(
        *(step, init_mlp([64, 64, 10], rng=np.random.default_rng(0)), 640),
        optimizer=gradient_descent(rate),
        batches=Batches(64, np.random.default_rng(0)),
        num_epochs=15,
    ).losses


RIGHT = losses(0.2)
WRONG = {
    "rate too small": losses(0.002),
    "rate too large": losses(20.0),
    "sum for mean": losses(0.2, scale=64),
    "feature units": losses(0.2, units=UNITS),
}


def numbers():
    return {
        "right": float(RIGHT[-1]),
        **{k.split()[-1]: float(v[-1]) for k, v in WRONG.items()},
    }


def figure() -> Figure:
    fig, axes = plt.subplots(1, 4, figsize=(6.4, 2.5), sharey=True)
    epochs = np.arange(1, len(RIGHT) + 1)
    for k, (ax, (name, run)) in enumerate(
        zip(axes, WRONG.items(), strict=True)
    ):
        ax.semilogy(epochs, RIGHT, color="C7", lw=1)
        ax.semilogy(epochs, run, color=f"C{k}")
        ax.axhline(np.log(10), color="C7", lw=0.8, ls="--")
        ax.set(ylim=(0.1, 100), xlabel=name)
    axes[0].text(8, 0.5, "right", color="C7", size=9)
    axes[0].text(1, 3.2, "ln 10", color="C7", size=9)
    axes[0].set(ylabel="loss")
    return fig

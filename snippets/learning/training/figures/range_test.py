"""One run says which rates are too small, useful and too large."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits

from derivable.learning import (
    backpropagate,
    init_mlp,
    learning_rate_range_test,
)
from derivable.optimization import Batches, gradient_descent


def measured():
    X, y = load_digits(return_X_y=True)
    X, y = X[:1344] / 16, y[:1344]
    return learning_rate_range_test(
        lambda p, i: backpropagate(p, X[i], y[i]),
        init_mlp([64, 64, 10], rng=np.random.default_rng(1)),
        len(X),
        optimizer=gradient_descent,
        batches=Batches(64, np.random.default_rng(0)),
        low=1e-3,
        high=100.0,
    )


TEST = measured()


def numbers():
    return {
        "decades": abs(float(np.log10(TEST.lowest))),
        "steps": len(TEST.rates),
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.0))
    ax.loglog(TEST.rates, TEST.losses, ".-", color="C0", lw=1)
    ax.axvline(TEST.lowest, color="C1", lw=1)
    ax.axvline(TEST.lowest / 10, color="C2", lw=1, ls="--")
    ax.text(TEST.lowest * 0.9, 6.5, "lowest", color="C1", size=9, ha="right")
    ax.text(
        TEST.lowest / 11, 6.5, "a tenth of it", color="C2", size=9, ha="right"
    )
    ax.set(xlabel="learning rate of the step", ylabel="loss", ylim=(1, 9))
    ax.set_yticks([1, 2, 4, 8], ["1", "2", "4", "8"])
    ax.set_yticks([], minor=True)
    return fig

"""The held-out loss turns long before the training loss does."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits

from derivable.learning import backpropagate, fit, init_mlp, network_loss
from derivable.optimization import Batches, adam


def trained():
    X, y = load_digits(return_X_y=True)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(X))
    X, y = X[order] / 16, y[order]
    wrong, noisy = rng.random(200) < 0.4, y[:200].copy()
    noisy[wrong] = rng.integers(10, size=wrong.sum())
    rng = np.random.default_rng(1)
    return fit(
        lambda p, i: backpropagate(p, X[i], noisy[i]),
        *(init_mlp([64, 128, 10], rng=rng), 200),
        optimizer=adam(0.003),
        batches=Batches(20, rng),
        num_epochs=60,
        validate=lambda p: network_loss(p, X[200:500], y[200:500]),
    )


RUN = trained()
BEST = int(np.argmin(RUN.held_out))


def numbers():
    return {
        "best": BEST + 1,
        "last": float(RUN.losses[-1]),
        "rise": float(RUN.held_out[-1] / RUN.held_out[BEST]),
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.0))
    epochs = np.arange(1, len(RUN.losses) + 1)
    ax.plot(epochs, RUN.losses, color="C0")
    ax.plot(epochs, RUN.held_out, color="C1")
    ax.plot(BEST + 1, RUN.held_out[BEST], "o", color="C1")
    ax.text(45, 0.5, "training", color="C0", size=9)
    ax.text(44, 0.93, "held out", color="C1", size=9)
    ax.text(BEST + 1, 0.68, "kept", color="C1", size=9, ha="center")
    ax.set(xlabel="epoch", ylabel="loss", ylim=(0, 2.5), xlim=(0, 61))
    return fig

"""Filters that were learned have both signs: they answer to contrasts."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits

from derivable.learning import conv_layer, init_convnet, train_convnet
from derivable.optimization import Batches, adam

DIGITS = load_digits()
IMAGES = DIGITS.images[:, None] / 16


def trained():
    rng = np.random.default_rng(0)
    seen = rng.permutation(len(IMAGES))[450:]
    return train_convnet(
        init_convnet((1, 8, 8), [8, 16], 10, rng=rng),
        IMAGES[seen],
        DIGITS.target[seen],
        optimizer=adam(0.01),
        batches=Batches(32, rng),
        num_epochs=20,
    ).parameters


LAYER = trained()[0]
F, B = LAYER["F"], LAYER["b"]


def numbers():
    means = np.abs(F.mean(axis=(1, 2, 3)))
    both = (F.min(axis=(1, 2, 3)) < 0) & (F.max(axis=(1, 2, 3)) > 0)
    return {
        "signs": int(both.sum()),
        "balance": float(np.median(means / F.std(axis=(1, 2, 3)))),
    }


def figure() -> Figure:
    x = IMAGES[DIGITS.target == 3][:1]
    maps = np.maximum(conv_layer(x, F, B, padding=1)[0], 0)
    fig, axes = plt.subplots(2, 9, figsize=(7.0, 1.9))
    size = np.abs(F).max()
    for k in range(8):
        axes[0, k + 1].imshow(F[k, 0], cmap="PuOr", vmin=-size, vmax=size)
        axes[1, k + 1].imshow(maps[k], cmap="gray_r", vmin=0)
    axes[1, 0].imshow(x[0, 0], cmap="gray_r")
    axes[0, 0].axis("off")
    axes[0, 0].text(0.5, 0.5, "filters", ha="center", va="center", color="C7")
    for ax in axes.flat:
        ax.set(xticks=[], yticks=[])
    return fig

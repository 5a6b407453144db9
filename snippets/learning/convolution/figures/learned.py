"""Filters after training, and what each makes of a three."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits

from derivable.learning import conv_layer, init_convnet, train_convnet
from derivable.optimization import Batches, adam

DIGITS = load_digits()
IMAGES = DIGITS.images[:, None] / 16


def trained():
    """First layer of a network, at its start and after training."""
    rng = np.random.default_rng(0)
    seen = rng.permutation(len(IMAGES))[450:]
    start = init_convnet((1, 8, 8), [8, 16], 10, rng=rng)
    run = train_convnet(
        start,
        IMAGES[seen],
        DIGITS.target[seen],
        optimizer=adam(0.01),
        batches=Batches(32, rng),
        num_epochs=20,
    )
    return start[0], run.parameters[0]


START, LAYER = trained()
F, B = LAYER["F"], LAYER["b"]


def both_signs(F):
    """How many filters have positive and negative weights."""
    flat = F.reshape(len(F), -1)
    return int(np.sum((flat.min(axis=1) < 0) & (flat.max(axis=1) > 0)))


def numbers():
    return {"signs": both_signs(F), "at_start": both_signs(START["F"])}


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

"""A digit may stand anywhere: shared weights need few parameters for it."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits

from derivable.learning import (
    init_convnet,
    init_mlp,
    parameter_count,
    predict_classes,
    predict_images,
    train,
    train_convnet,
)
from derivable.optimization import Batches, adam

X, y = load_digits(return_X_y=True)
RNG = np.random.default_rng(0)
IMAGES = np.zeros((len(X), 1, 12, 12))
for image, x, (a, b) in zip(
    IMAGES, X, RNG.integers(5, size=(len(X), 2)), strict=True
):
    image[0, a : a + 8, b : b + 8] = x.reshape(8, 8) / 16
ORDER = RNG.permutation(len(X))
SEEN, HELD_OUT = ORDER[450:], ORDER[:450]
ROWS = IMAGES.reshape(len(X), -1)
HIDDEN = [17, 64, 128]


def rule():
    return {
        "optimizer": adam(0.01),
        "batches": Batches(32, np.random.default_rng(1)),
        "num_epochs": 15,
    }


def dense(units):
    start = init_mlp([144, units, 10], rng=np.random.default_rng(2))
    run = train(start, ROWS[SEEN], y[SEEN], **rule())
    found = predict_classes(run.parameters, ROWS[HELD_OUT])
    return float(np.mean(found == y[HELD_OUT]))


def filters():
    start = init_convnet(
        (1, 12, 12), [8, 16], 10, rng=np.random.default_rng(2)
    )
    run = train_convnet(start, IMAGES[SEEN], y[SEEN], **rule())
    found = predict_images(run.parameters, IMAGES[HELD_OUT])
    count = sum(v.size for layer in start for v in layer.values())
    return count, float(np.mean(found == y[HELD_OUT]))


COUNT, RIGHT = filters()
DENSE = [dense(units) for units in HIDDEN]
COUNTS = [parameter_count([144, units, 10]) for units in HIDDEN]


def numbers():
    return {
        "filters": RIGHT,
        "few": DENSE[0],
        "many": DENSE[-1],
        "times": COUNTS[-1] / COUNT,
    }


def figure() -> Figure:
    fig = plt.figure(figsize=(6.6, 2.7))
    left, right = fig.subfigures(1, 2, width_ratios=[1, 1.25])
    for k, ax in enumerate(left.subplots(2, 3).flat):
        ax.imshow(IMAGES[y == 3][k, 0], cmap="gray_r")
        ax.set(xticks=[], yticks=[])
    ax = right.subplots()
    ax.semilogx(COUNTS, DENSE, "o-", color="C1")
    ax.semilogx([COUNT], [RIGHT], "s", color="C0")
    ax.text(COUNT * 1.12, RIGHT, "filters", color="C0", va="center")
    ax.text(COUNTS[1], DENSE[1] - 0.09, "dense layers", color="C1")
    ax.set(
        xlabel="parameters",
        ylabel="held out, right",
        ylim=(0.4, 1.0),
        xlim=(2e3, 3e4),
    )
    ax.set_xticks([2500, 5000, 10000, 20000], ["2500", "5000", "10⁴", "2·10⁴"])
    ax.minorticks_off()
    return fig

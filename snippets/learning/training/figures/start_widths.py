"""Without normalisation the width of the start decides; with it, hardly."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits

from derivable.calculus import value_and_grad
from derivable.calculus.autodiff import softmax_cross_entropy
from derivable.learning import (
    backpropagate,
    init_mlp,
    init_normalised,
    learning_rate_range_test,
    normalised_mlp,
)
from derivable.optimization import Batches, gradient_descent

X, y = load_digits(return_X_y=True)
X, y = X[:1344] / 16, y[:1344]
Y = np.eye(10)[y]
SIZES, WIDTHS, STEPS = [64] * 6 + [10], (0.3, 1.0, 3.0), 105
BY_HAND = lambda p, i: backpropagate(p, X[i], y[i])  # noqa: E731
BY_GRAPH = value_and_grad(
    lambda p, i: softmax_cross_entropy(normalised_mlp(p, X[i]), Y[i])
)


def losses(init, step, width):
    rng = np.random.default_rng(0)
    start = init(SIZES, rng=rng)
    for layer in start:
        layer["W"] *= width

    def guarded(p, i):
        try:
            return step(p, i)
        except ValueError:  # sums beyond float64
            return np.nan, p

    return learning_rate_range_test(
        *(guarded, start, len(X)),
        optimizer=lambda _: gradient_descent(0.1),
        batches=Batches(64, rng),
        num_steps=STEPS,
        growth=1e9,
    ).losses


RUNS = {
    kind: {w: losses(init, step, w) for w in WIDTHS}
    for kind, init, step in (
        ("plain", init_mlp, BY_HAND),
        ("batch normalised", init_normalised, BY_GRAPH),
    )
}


def numbers():
    return {
        "narrow": WIDTHS[0],
        "level": np.log(10),
        "worst": max(
            float(run[-10:].mean()) / np.log(10)
            for run in RUNS["batch normalised"].values()
        ),
        "stays": float(RUNS["plain"][0.3][-10:].mean()) / np.log(10),
    }


def figure() -> Figure:
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.1), sharey=True)
    for ax, (kind, runs) in zip(axes, RUNS.items(), strict=True):
        for k, run in enumerate(runs.values()):
            ax.loglog(np.arange(1, len(run) + 1), run, color=f"C{k}")
        ax.axhline(np.log(10), color="C7", ls="--", lw=0.8)
        ax.set(xlabel=f"step, {kind}", ylim=(0.05, 3000), xlim=(0.8, 150))
    axes[0].loglog(1, RUNS["plain"][3.0][0], "o", color="C2")
    axes[0].set(ylabel="loss")
    axes[0].text(25, 3.2, "width 0.3", color="C0", size=9)
    axes[0].text(6, 0.5, "width 1", color="C1", size=9)
    axes[0].text(
        *(1.3, RUNS["plain"][3.0][0], "width 3"),
        color="C2",
        size=9,
        va="center",
    )
    axes[1].text(1.2, 0.7, "width 0.3", color="C0", size=9)
    axes[1].annotate(
        *("width 1", (40, 0.4), (4, 0.15)),
        color="C1",
        size=9,
        arrowprops={"arrowstyle": "-", "color": "C1", "lw": 0.6},
    )
    axes[1].text(4, 6, "width 3", color="C2", size=9)
    return fig

"""Few samples hold the widest road; others may leave it without effect."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import svc


def data(distance, n=40):
    rng = np.random.default_rng(3)
    y = np.where(np.arange(n) % 2 == 0, 1.0, -1.0)
    return rng.normal(size=(n, 2)) + distance * y[:, None], y


def figure() -> Figure:
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.5), sharey=True)
    for ax, distance in zip(axes, (2.2, 1.0), strict=True):
        X, y = data(distance)
        model = svc(X, y, C=1.0, tol=1e-8)
        w, b = model.w, model.intercept
        s = np.array([-6, 6])
        for level, style in ((0, "-"), (1, "--"), (-1, "--")):
            line = (level - b - w[0] * s) / w[1]
            ax.plot(s, line, style, color="C7", lw=1.4)
        for label, color, mark in ((1, "C0", "o"), (-1, "C1", "s")):
            held = (y == label) & (model.alpha > 0)
            free = (y == label) & (model.alpha == 0)
            ax.plot(*X[free].T, mark, color=color, ms=4, alpha=0.55)
            ax.plot(*X[held].T, mark, color=color, ms=7, mec="C3", mew=1.6)
        words = f"{len(model.support)} of {len(y)} support, "
        words += f"1/‖w‖ = {model.margin:.2f}"
        ax.text(0, 1.03, words, transform=ax.transAxes, color="C3")
        ax.set(xlabel="x₁", xlim=(-5, 5), ylim=(-5, 5), aspect="equal")
    axes[0].set(ylabel="x₂")
    return fig

"""A linear score cuts the plane along a line, and fades on both sides."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_breast_cancer

from derivable.learning import fit_logistic

data = load_breast_cancer()
X, y = data.data[:, :2], 1 - data.target  # 1 is malignant
SHARES = (0.1, 0.5, 0.9)


@functools.cache
def fitted():
    return fit_logistic(X, y)


def numbers():
    model = fitted()
    return {
        "shares": SHARES,
        "right": np.mean(model.predict(X) == y),
        "wrong": int(np.sum(model.predict(X) != y)),
    }


def figure() -> Figure:
    model = fitted()
    fig, ax = plt.subplots(figsize=(6.4, 4.4))
    for c, color, marker in ((0, "C0", "o"), (1, "C1", "^")):
        ax.plot(*X[y == c].T, marker, color=color, ms=3, alpha=0.6)
    ends = np.array([9.0, 36.0])
    styles = (("--", 1), ("-", 2), ("--", 1))
    for p, (style, width) in zip(SHARES, styles, strict=True):
        z = np.log(p / (1 - p)) - model.intercept
        radius = (z - model.w[1] * ends) / model.w[0]
        ax.plot(radius, ends, style, color="C7", lw=width)
        ax.text(radius[1], 36.5, f"{p:.1f}", color="C7", ha="center")
    ax.text(7, 33, "benign", color="C0")
    ax.text(24, 12, "malignant", color="C1")
    ax.set(
        xlabel="mean radius of the nuclei",
        ylabel="mean texture",
        xlim=(6, 29),
        ylim=(9, 38),
    )
    return fig

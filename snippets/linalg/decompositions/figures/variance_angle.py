"""The variance along a direction is largest along the first component."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_iris

from derivable.linalg import pca


def figure() -> Figure:
    X = load_iris().data[:, [0, 2]]
    found = pca(X, 2)
    heading = np.degrees(np.arctan2(*found.components[0][::-1]))
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.1))
    left.plot(*X.T, ".", color="C0", ms=5)
    for v, var, color, name in zip(
        found.components,
        found.variances,
        ("C1", "C2"),
        ("first", "second"),
        strict=True,
    ):
        tip = found.mean + 2 * np.sqrt(var) * v
        left.annotate(
            "",
            tip,
            found.mean,
            arrowprops={"arrowstyle": "-|>", "color": color, "lw": 2.4},
        )
        left.text(tip[0] + 0.15, tip[1], name, color=color, va="center")
    left.set(
        aspect="equal",
        xlim=(3.5, 9.5),
        ylim=(0.5, 8),
        xlabel="sepal length, cm",
        ylabel="petal length, cm",
    )
    angle = np.linspace(0, 180, 181)
    u = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    right.plot(angle, np.var(X @ u, axis=0, ddof=1), color="C0")
    right.axhline(found.variances[0], color="C1", ls="--", lw=1)
    right.axhline(found.variances[1], color="C2", ls="--", lw=1)
    right.plot(heading, found.variances[0], "o", color="C1", ms=8)
    right.plot(heading + 90, found.variances[1], "o", color="C2", ms=8)
    right.text(100, found.variances[0] - 0.25, "λ₁", color="C1")
    right.text(60, found.variances[1] + 0.1, "λ₂", color="C2")
    right.set(
        xlabel="angle of the direction, degrees",
        ylabel="variance along it",
        xticks=range(0, 181, 45),
    )
    return fig

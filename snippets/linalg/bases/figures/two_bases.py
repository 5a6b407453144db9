"""One vector, two bases: other numbers for the same arrow."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import coordinates

BASES = (np.eye(2), np.array([[2.0, 1.0], [1.0, 3.0]]))
X = np.array([5.0, 5.0])
NAMES = (("e₁", "e₂"), ("b₁", "b₂"))


def arrow(ax, end, color, lw):
    arrowprops = {"arrowstyle": "-|>", "color": color, "lw": lw}
    arrowprops |= {"shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, (0, 0), arrowprops=arrowprops)


def numbers():
    standard, skew = (coordinates(B, X).round(12) for B in BASES)
    return {"x": X, "standard": standard, "skew": skew}


def figure() -> Figure:
    fig, axes = plt.subplots(1, 2, figsize=(7.2, 3.7), sharey=True)
    for ax, B, names in zip(axes, BASES, NAMES, strict=True):
        for k in range(-6, 9):
            for a, b in ((B[:, 0], B[:, 1]), (B[:, 1], B[:, 0])):
                ends = np.stack([k * a - 9 * b, k * a + 9 * b])
                ax.plot(*ends.T, color="C7", lw=0.6, alpha=0.7)
        w = coordinates(B, X)
        path = np.stack([0 * X, w[0] * B[:, 0], X])
        ax.plot(*path.T, "--", color="C2", lw=2)
        arrow(ax, X, "C2", 2.6)
        for b, name, color in zip(B.T, names, ("C0", "C1"), strict=True):
            arrow(ax, b, color, 2.4)
            ax.text(*np.add(b, [0.1, -0.55]), name, color=color, weight="bold")
        words = f"x = {w[0]:.0f} {names[0]} + {w[1]:.0f} {names[1]}"
        ax.set(xlim=(-1, 6.2), ylim=(-1, 6.2), aspect="equal", xlabel=words)
        ax.grid(visible=False)
    return fig

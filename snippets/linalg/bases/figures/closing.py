"""Coordinates grow like 1/sin θ as two basis vectors close up."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import coordinates

X = np.array([0.0, 1.0])
SHOWN = np.radians(25)


def basis(theta):
    return np.array([[1.0, np.cos(theta)], [0.0, np.sin(theta)]])


def arrow(ax, start, end, color, lw, style="-"):
    arrowprops = {"arrowstyle": "-|>", "color": color, "lw": lw}
    arrowprops |= {"linestyle": style, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, start, arrowprops=arrowprops)


def figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.2))
    B, zero = basis(SHOWN), np.zeros(2)
    along = coordinates(B, X)[1] * B[:, 1]
    arrow(left, zero, along, "C7", 1.4, "--")
    arrow(left, along, X, "C7", 1.4, "--")
    arrow(left, zero, X, "C2", 2.6)
    for b, words, color in zip(B.T, ("b₁", "b₂"), ("C0", "C1"), strict=True):
        arrow(left, zero, b, color, 2.4)
        left.text(*np.add(b, [0.05, -0.17]), words, color=color)
    left.text(-0.18, 0.45, "x", color="C2")
    left.text(1.25, 0.34, "there along b₂", color="C7")
    left.text(0.45, 1.06, "and back along b₁", color="C7")
    left.set(xlim=(-0.3, 2.4), ylim=(-0.3, 1.4), aspect="equal")
    left.set(xlabel="x₁", ylabel="x₂")

    angles = np.geomspace(1e-4, 1, 15)
    w = np.array([np.abs(coordinates(basis(t), X)) for t in angles])
    right.loglog(angles, 1 / np.sin(angles), color="C7")
    right.loglog(angles, w[:, 1], "o", color="C1", ms=5)
    right.loglog(angles, w[:, 0], "x", color="C0", ms=6)
    right.text(1.5e-3, 1.5e3, "1 / sin θ", color="C7")
    right.text(2e-4, 20, "dots: ∣w₂∣", color="C1")
    right.text(2e-4, 5, "crosses: ∣w₁∣", color="C0")
    right.set(xlabel="angle θ between b₁ and b₂", ylabel="coordinates of x")
    return fig

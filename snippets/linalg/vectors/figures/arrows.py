"""Both orders of walking lead to the same corner; a factor stretches."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure


def arrow(ax, start, end, color, lw=2.0, style="-"):
    ax.annotate(
        "",
        end,
        start,
        arrowprops={
            "arrowstyle": "-|>",
            "color": color,
            "lw": lw,
            "linestyle": style,
            "shrinkA": 0,
            "shrinkB": 0,
        },
    )


def figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.4))
    zero, u, v = np.zeros(2), np.array([3.0, 1.0]), np.array([1.0, 2.0])
    arrow(left, zero, u, "C0")
    arrow(left, u, u + v, "C1")
    arrow(left, zero, v, "C1", 1.2, "--")
    arrow(left, v, u + v, "C0", 1.2, "--")
    arrow(left, zero, u + v, "C2", 2.4)
    left.text(1.6, 0.15, "u", color="C0")
    left.text(3.7, 1.7, "v", color="C1")
    left.text(1.5, 1.75, "u + v", color="C2")
    left.set(xlim=(-0.4, 4.6), ylim=(-0.4, 3.6), aspect="equal")

    w = np.array([1.0, 0.7])
    for factor, words, shift, color in (
        (3, "3w", (-0.25, 0.4), "C0"),
        (1, "w", (0.0, 0.0), "C2"),
        (-1, "−w", (0.25, -0.4), "C1"),
    ):
        start = np.array(shift)
        arrow(right, start, start + factor * w, color)
        right.plot(*start, "o", color=color, ms=4)
        right.text(*np.add(start + factor * w, [0.15, -0.3]), words, c=color)
    right.set(xlim=(-1.2, 3.6), ylim=(-1.8, 2.9), aspect="equal")
    for ax in (left, right):
        ax.set(xlabel="x₁", ylabel="x₂")
    return fig

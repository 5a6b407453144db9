"""Sliding a side along itself keeps the area, and ends at a rectangle."""

from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np

from derivable.linalg import determinant

A = np.array([[3.0, 1.0], [1.0, 2.0]])


def figure():
    a, b = A.T
    slid = b - b[0] / a[0] * a  # onto the second axis
    flat = np.array([a[0], 0])
    fig, axes = plt.subplots(1, 3, figsize=(7.4, 3.0), sharey=True)
    steps = (
        (a, b, "area wanted"),
        (a, slid, "second side slid"),
        (flat, slid, "first side slid"),
    )
    for ax, (u, v, words) in zip(axes, steps, strict=True):
        corners = np.array([np.zeros(2), u, u + v, v]).T
        ax.fill(*corners, color="C4", alpha=0.35)
        for side, color in ((u, "C1"), (v, "C2")):
            ax.annotate(
                "",
                side,
                (0, 0),
                arrowprops={
                    "arrowstyle": "-|>",
                    "color": color,
                    "lw": 2.2,
                    "shrinkA": 0,
                    "shrinkB": 0,
                },
            )
        ax.text(0.5, 1.02, words, transform=ax.transAxes, ha="center")
        ax.set(aspect="equal", xlim=(-0.4, 4.4), ylim=(-0.4, 3.4))
    axes[1].plot(*np.array([b, slid]).T, ":", color="C2")
    axes[2].plot(*np.array([a, flat]).T, ":", color="C1")
    width, height = (
        Fraction(side).limit_denominator(9) for side in (u[0], v[1])
    )
    words = f"{width} · {height} = {determinant(A):.0f}"
    axes[2].text(1.5, 0.75, words, ha="center")
    return fig

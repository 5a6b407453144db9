"""A convex set contains the segment between any two of its points."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

T = np.linspace(0, 2 * np.pi, 121)


def circle(r, x=0.0, y=0.0):
    return np.column_stack([x + r * np.cos(T), y + r * np.sin(T)])


def shapes():
    s = np.linspace(np.pi / 4, 7 * np.pi / 4, 81)
    ring = np.column_stack([np.cos(s), np.sin(s)])
    return [
        ("ball", [circle(1)], (-0.7, -0.5), (0.6, 0.6)),
        (
            "half-spaces cut",
            [np.array([[-1, -0.8], [0.9, -1], [1, 0.2], [0, 1], [-0.9, 0.7]])],
            (-0.8, -0.6),
            (0.7, 0.4),
        ),
        (
            "crescent",
            [np.vstack([ring, 0.55 * ring[::-1]])],
            (0.55, 0.6),
            (0.55, -0.6),
        ),
        (
            "two pieces",
            [circle(0.45, -0.5, 0.4), circle(0.45, 0.55, -0.45)],
            (-0.6, 0.5),
            (0.6, -0.5),
        ),
    ]


def figure() -> Figure:
    fig, axes = plt.subplots(1, 4, figsize=(7.6, 2.2))
    for k, (ax, (name, pieces, a, b)) in enumerate(
        zip(axes, shapes(), strict=True)
    ):
        color = "C0" if k < 2 else "C7"
        for piece in pieces:
            ax.fill(*piece.T, color=color, alpha=0.3, lw=0)
        ax.plot(*zip(a, b, strict=True), "o-", color="C1", ms=5)
        ax.set(xlim=(-1.15, 1.15), ylim=(-1.15, 1.15), aspect="equal")
        ax.set_axis_off()
        words = f"{name}: convex" if k < 2 else f"{name}: not"
        ax.text(0, -1.35, words, color=color, ha="center", fontsize=9)
    return fig

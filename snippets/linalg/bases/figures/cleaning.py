"""Gram–Schmidt scales one vector and takes its shadow out of the next."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import gram_schmidt

A = np.array([[1.8, 1.7], [0.5, 1.6]])


def arrow(ax, end, color, words, shift):
    arrowprops = {"arrowstyle": "-|>", "color": color, "lw": 2.2}
    arrowprops |= {"shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, (0, 0), arrowprops=arrowprops)
    ax.text(*np.add(end, shift), words, color=color)


def figure() -> Figure:
    Q, R = gram_schmidt(A)
    a1, a2 = A.T
    q1, q2 = Q.T
    shadow, left_over = R[0, 1] * q1, R[1, 1] * q2
    fig, axes = plt.subplots(1, 3, figsize=(7.4, 2.9), sharey=True)
    arrow(axes[0], a1, "C0", "a₁", (-0.2, -0.32))
    arrow(axes[0], a2, "C1", "a₂", (0.06, -0.05))
    arrow(axes[1], shadow, "C7", "shadow", (-0.75, -0.4))
    arrow(axes[1], a2, "C1", "a₂", (0.06, -0.05))
    arrow(axes[1], left_over, "C2", "r₂", (-0.35, 0.0))
    for start in (shadow, left_over):
        axes[1].plot(*np.stack([start, a2]).T, "--", color="C7", lw=1)
    arrow(axes[2], q1, "C0", "q₁", (0.05, -0.25))
    arrow(axes[2], q2, "C2", "q₂", (-0.4, -0.05))
    turns = np.linspace(-0.1, np.pi * 0.7, 60)
    axes[2].plot(np.cos(turns), np.sin(turns), color="C7", lw=1)
    words = ("given", "the shadow is taken out", "scaled to length 1")
    for ax, label in zip(axes, words, strict=True):
        ax.set(xlim=(-0.85, 2.4), ylim=(-0.35, 1.95), aspect="equal")
        ax.set(xlabel=label, xticks=[0, 1, 2], yticks=[0, 1])
    return fig

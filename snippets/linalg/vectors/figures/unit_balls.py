"""From p = 1 on the unit ball is convex; below, chords leave it."""

import math

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import norm

ORDERS = {"p = ½": 0.5, "p = 1": 1, "p = 2": 2, "p = ∞": math.inf}


def size(x, p):
    """As `norm`, and also below 1, where it is none."""
    return np.sum(np.abs(x) ** p) ** (1 / p) if p < 1 else norm(x, p)


def figure() -> Figure:
    fig, axes = plt.subplots(1, 4, figsize=(7.4, 2.3), sharey=True)
    angles = np.linspace(0, 2 * np.pi, 721)
    rays = np.column_stack([np.cos(angles), np.sin(angles)])
    chord = np.array([[0.95, 0.05], [0.05, 0.95]])
    for ax, (words, p) in zip(axes, ORDERS.items(), strict=True):
        ball = np.array([ray / size(ray, p) for ray in rays])
        color = "C1" if p < 1 else "C0"
        ax.fill(*ball.T, color=color, alpha=0.18, lw=0)
        ax.plot(*ball.T, color=color)
        ends = np.array([x / max(size(x, p), 1) for x in chord])
        ax.plot(*ends.T, "o-", color="C2", lw=1.4, ms=4)
        ax.set(aspect="equal", xlabel=words, xticks=[-1, 0, 1])
        ax.set(yticks=[-1, 0, 1], xlim=(-1.25, 1.25), ylim=(-1.25, 1.25))
    return fig

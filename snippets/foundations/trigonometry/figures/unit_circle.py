"""Cosine and sine are the shadows of a point of the circle on two axes."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

DEGREES = 50


def numbers():
    return {"degrees": DEGREES}


def figure() -> Figure:
    theta = np.radians(DEGREES)
    c, s = np.cos(theta), np.sin(theta)
    fig, ax = plt.subplots(figsize=(5, 4.6))
    turn = np.linspace(0, 2 * np.pi, 400)
    ax.plot(np.cos(turn), np.sin(turn), color="C7", lw=1.2)
    way = np.linspace(0, theta, 80)
    ax.plot(np.cos(way), np.sin(way), color="C1", lw=4)
    ax.plot([0, c], [0, s], color="C7", lw=1)
    ax.plot([0, c], [0, 0], color="C0", lw=3)
    ax.plot([c, c], [0, s], color="C2", lw=3)
    ax.plot(c, s, "o", color="C1", ms=8)
    ax.text(c / 2, -0.13, "cos θ", color="C0", ha="center")
    ax.text(c - 0.05, s / 2, "sin θ", color="C2", ha="right")
    ax.text(1.0, 0.42, "θ", color="C1", fontsize=14)
    ax.text(c + 0.06, s + 0.05, "(cos θ, sin θ)", color="C1")
    for x, y, place in [
        (1, 0, (0.07, 0.05)),
        (0, 1, (-0.2, 0.08)),
        (-1, 0, (-0.5, 0.05)),
        (0, -1, (-0.22, -0.2)),
    ]:
        ax.plot(x, y, "o", color="C7", ms=5)
        words = f"({x}, {y})".replace("-", "−")
        ax.text(x + place[0], y + place[1], words, color="C7")
    ax.set(
        xlabel="x",
        ylabel="y",
        xlim=(-1.6, 1.6),
        ylim=(-1.35, 1.35),
        aspect="equal",
        xticks=(-1, 0, 1),
        yticks=(-1, 0, 1),
    )
    return fig

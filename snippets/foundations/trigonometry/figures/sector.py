"""A slice of the disc lies between two triangles."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

DEGREES = 40


def numbers():
    return {"degrees": DEGREES}


def figure() -> Figure:
    h = np.radians(DEGREES)
    fig, ax = plt.subplots(figsize=(5.4, 3.9))
    way = np.linspace(0, h, 60)
    outer = np.array([[0, 0], [1, 0], [1, np.tan(h)]])
    inner = np.array([[0, 0], [1, 0], [np.cos(h), np.sin(h)]])
    ax.fill(*outer.T, color="C0", alpha=0.15, lw=0)
    ax.fill([0, *np.cos(way)], [0, *np.sin(way)], color="C2", alpha=0.3, lw=0)
    ax.fill(*inner.T, color="C1", alpha=0.35, lw=0)
    ax.plot(np.cos(way), np.sin(way), color="C2", lw=2.5)
    ax.plot([1, 1], [0, np.tan(h)], color="C0", lw=2.5)
    ax.plot([np.cos(h)] * 2, [0, np.sin(h)], color="C1", lw=2.5)
    ax.plot([0, 1], [0, np.tan(h)], color="C7", lw=1)
    ax.text(np.cos(h) - 0.03, 0.3, "sin h", color="C7", ha="right")
    ax.text(0.94, 0.4, "h", color="C7", ha="right")
    ax.text(1.03, 0.45, "tan h", color="C0")
    ax.text(0.17, 0.05, "angle h", color="C7")
    ax.set(
        xlabel="x",
        ylabel="y",
        aspect="equal",
        xlim=(-0.05, 1.3),
        ylim=(-0.05, 0.95),
    )
    return fig

"""Half of the parabola has an inverse: its mirror image."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

LEVEL = 2.25


def numbers():
    return {"level": LEVEL, "root": np.sqrt(LEVEL)}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(5.2, 4.8))
    right = np.linspace(0, 2, 81)
    left = np.linspace(-2, 0, 81)
    root = np.sqrt(LEVEL)
    ax.plot([-2.2, 4], [-2.2, 4], color="C7", lw=1, ls=":")
    ax.plot(left, left**2, color="C7", ls="--")
    ax.plot(right, right**2, color="C0")
    ax.plot(right**2, right, color="C1")
    ax.plot([-root, root], [LEVEL, LEVEL], color="C2", lw=1.2)
    ax.plot([-root, root], [LEVEL, LEVEL], "o", color="C2")
    ax.plot([LEVEL], [root], "o", color="C1")
    ax.text(2.05, 3.75, "x², x ≥ 0", color="C0")
    ax.text(-2.15, 3.05, "x², x < 0", color="C7", ha="right")
    ax.text(2.9, 1.35, "√x", color="C1")
    ax.text(0, LEVEL + 0.12, "two inputs", color="C2", ha="center")
    ax.text(3.45, 3.05, "mirror", color="C7")
    ax.set(xlim=(-3.3, 4.3), ylim=(-0.6, 4.2), xlabel="input", ylabel="output")
    ax.set_aspect("equal")
    return fig

"""A neuron multiplies, adds up, shifts, and bends the result."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

SUM, AT = (2.4, 1.0), 0.95  # where weights add up, and their labels' x


def arrow(ax, start, end, color="C7"):
    arrowprops = {"arrowstyle": "-|>", "color": color, "lw": 1.4}
    arrowprops |= {"shrinkA": 14, "shrinkB": 16}
    ax.annotate("", end, start, arrowprops=arrowprops)


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 2.7))
    for i, y in enumerate((2.0, 1.0, 0.0)):
        index = "₁₂₃"[i]
        ax.plot(0, y, "o", ms=27, color="C0", alpha=0.25)
        ax.text(0, y, f"x{index}", ha="center", va="center", color="C0")
        arrow(ax, (0, y), SUM)
        on_arrow = np.interp(AT, [0, SUM[0]], [y, SUM[1]])
        ax.text(AT, on_arrow + 0.16, f"w{index}", color="C1")
    ax.plot(*SUM, "o", ms=38, color="C2", alpha=0.25)
    ax.text(*SUM, "+", ha="center", va="center", color="C2", size=16)
    ax.text(2.4, 2.05, "b", ha="center", va="center", color="C1")
    arrow(ax, (2.4, 2.15), (2.4, 1.1))
    arrow(ax, (2.45, 1), (4.5, 1))
    ax.text(3.45, 1.12, "z = w · x + b", ha="center", color="C2")
    ax.plot(4.5, 1, "s", ms=34, color="C3", alpha=0.25)
    ax.text(4.5, 1, "σ", ha="center", va="center", color="C3", size=14)
    arrow(ax, (4.55, 1), (5.8, 1))
    ax.text(5.8, 1, "a = σ(z)", va="center", color="C3")
    ax.set(xlim=(-0.4, 6.8), ylim=(-0.4, 2.5))
    ax.axis("off")
    return fig

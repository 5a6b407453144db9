"""The stream runs through; attention and layers read it and add to it."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure


def box(ax, x, y, text, colour):
    ax.text(
        *(x, y, text),
        ha="center",
        va="center",
        color=colour,
        bbox={"boxstyle": "round,pad=0.35", "fc": "none", "ec": colour},
    )


def arrow(ax, start, end, colour="C7"):
    ax.annotate(
        "",
        end,
        start,
        arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 1.2},
    )


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.8, 2.9))
    ax.plot([0, 10], [0, 0], "C0", lw=3)
    arrow(ax, (9.6, 0), (10.3, 0), "C0")
    ax.text(0, 0.28, "X", color="C0")
    ax.text(4.95, 0.28, "A", color="C0")
    ax.text(9.5, 0.28, "Y", color="C0")
    names = [("attention", "C1"), ("two layers", "C2")]
    for x, (name, colour) in zip((0.8, 5.7), names, strict=True):
        arrow(ax, (x, 0), (x, 1.25))
        box(ax, x, 1.6, "norm", "C4")
        arrow(ax, (x + 0.55, 1.6), (x + 1.25, 1.6))
        box(ax, x + 2.2, 1.6, name, colour)
        ax.plot([x + 3.15, x + 3.6], [1.6, 1.6], "C7", lw=1.2)
        arrow(ax, (x + 3.6, 1.6), (x + 3.6, 0.08))
        ax.text(x + 3.6, -0.45, "+", ha="center", color="C0", size=13)
    ax.text(2.9, 2.25, "between tokens", ha="center", color="C1")
    ax.text(7.9, 2.25, "each token alone", ha="center", color="C2")
    ax.set(xlim=(-0.2, 10.5), ylim=(-0.8, 2.6))
    ax.axis("off")
    return fig

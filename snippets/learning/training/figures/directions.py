"""Batch normalisation takes a column, layer normalisation a row."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

ROWS, COLUMNS = 5, 6
SAMPLE, FEATURE = 1, 2


def table(ax, chosen):
    for i in range(ROWS):
        for j in range(COLUMNS):
            alpha = 0.75 if chosen(i, j) else 0.12
            ax.add_patch(
                Rectangle((j, -i), 0.9, 0.9, color="C0", alpha=alpha, lw=0)
            )
    ax.text(COLUMNS / 2, 1.35, "features $j$", ha="center", size=9)
    ax.text(
        *(-0.45, 1 - ROWS / 2, "samples $i$"),
        ha="center",
        va="center",
        rotation=90,
        size=9,
    )
    ax.set(xlim=(-1, 8.2), ylim=(-5.6, 2), aspect="equal")
    ax.axis("off")


def figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 2.9))
    table(left, lambda _i, j: j == FEATURE)
    left.text(FEATURE + 0.45, -4.7, "$\\mu_j, v_j$", ha="center", color="C1")
    left.text(2.95, -5.5, "batch", ha="center", size=9)
    table(right, lambda i, _j: i == SAMPLE)
    right.text(6.2, 0.25 - SAMPLE, "$\\mu_i, v_i$", color="C1")
    right.text(2.95, -5.5, "layer", ha="center", size=9)
    return fig

"""Columns of one colour share no row, so their sum loses nothing."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from derivable.calculus import color_columns

N = 12
i = np.arange(N)
BAND = np.abs(i[:, None] - i) <= 1


def numbers():
    return {"n": N, "colors": color_columns(BAND).max() + 1}


def cells(ax, rows, columns, shades):
    for r, c, shade in zip(rows, columns, shades, strict=True):
        ax.add_patch(Rectangle((c, r), 0.9, 0.9, color=f"C{shade}"))
    ax.set(xlim=(-0.3, columns.max() + 1.3), ylim=(N + 0.2, -0.3))
    ax.set_aspect("equal")
    ax.set(xticks=[], yticks=[])


def figure() -> Figure:
    colors = color_columns(BAND)
    rows, columns = np.nonzero(BAND)
    fig, (left, right) = plt.subplots(
        1, 2, figsize=(6.4, 3.6), width_ratios=(3, 1)
    )
    cells(left, rows, columns, colors[columns])
    cells(right, rows, colors[columns], colors[columns])
    left.set_xlabel("J")
    right.set_xlabel("J V")
    return fig

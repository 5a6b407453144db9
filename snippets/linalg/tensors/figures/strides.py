"""The transpose exchanges two strides and moves nothing in memory."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from derivable.linalg import contiguous_strides


def cell(ax, x, y, value, row):
    color = f"C{row}"
    ax.add_patch(Rectangle((x, y), 1, 1, facecolor=color, alpha=0.22, lw=0))
    ax.add_patch(Rectangle((x, y), 1, 1, fill=False, edgecolor=color, lw=1))
    ax.text(x + 0.5, y + 0.5, str(value), ha="center", va="center", size=9)


def step(ax, start, end, y, words, color):
    style = {"arrowstyle": "-|>", "color": color, "lw": 1.4}
    ax.annotate("", (end, y), (start, y), arrowprops=style)
    ax.text(
        (start + end) / 2, y + 0.12, words, color=color, ha="center", size=9
    )


def figure():
    A = np.arange(12).reshape(3, 4)
    down, right = contiguous_strides(A.shape)
    fig, ax = plt.subplots(figsize=(7.2, 4.6))
    for i, j in np.ndindex(A.shape):
        cell(ax, j, 6 - i, A[i, j], i)
        cell(ax, 8 + i, 6 - j, A[i, j], i)
        cell(ax, A[i, j], 0, A[i, j], i)
    ax.text(0, 7.2, f"A: shape {A.shape}, strides ({down}, {right})", size=9)
    ax.text(
        7, 7.2, f"A.T: shape {A.T.shape}, strides ({right}, {down})", size=9
    )
    ax.text(
        0,
        -0.5,
        f"memory: {A.size} entries of {right} bytes, the same for both",
    )
    step(ax, 0.5, 4.5, 1.9, f"{down} bytes: next row of A", "C3")
    step(ax, 5.5, 6.5, 1.3, f"{right} bytes: next column of A", "C4")
    ax.set(xlim=(-0.2, 12.2), ylim=(-0.8, 7.7), aspect="equal")
    ax.axis("off")
    return fig

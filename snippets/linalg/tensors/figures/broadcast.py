"""Length 1 is repeated; a vector against a column makes a table."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle


def box(ax, x, y, value, color, *, real=True):
    ax.add_patch(
        Rectangle(
            (x, y),
            1,
            1,
            facecolor=color,
            edgecolor=color,
            alpha=0.3 if real else 0.06,
            lw=1,
        )
    )
    ax.text(
        x + 0.5,
        y + 0.5,
        str(value).replace("-", "−"),
        ha="center",
        va="center",
        size=9,
        alpha=1 if real else 0.45,
    )


def grid(ax, left, top, A, color, real):
    for i, j in np.ndindex(A.shape):
        box(ax, left + j, top - i, A[i, j], color, real=real(i, j))


def both(i, j):
    return i >= 0 and j >= 0


def figure():
    fig, ax = plt.subplots(figsize=(7.2, 3.5))
    column, row = np.array([[10], [20], [30]]), np.array([[1, 2, 3, 4]])
    total = column + row
    spread = np.broadcast_arrays(column, row)
    grid(ax, 0, 6, spread[0], "C0", lambda _, j: j == 0)
    grid(ax, 5.5, 6, spread[1], "C1", lambda i, _: i == 0)
    grid(ax, 11, 6, total, "C2", both)
    for x, sign in [(4.75, "+"), (10.25, "=")]:
        ax.text(x, 5.5, sign, ha="center", va="center", size=13)
    for x, words in [
        (0, f"{column.shape}"),
        (5.5, f"{row.shape}, from ({row.size})"),
        (11, f"{total.shape}"),
    ]:
        ax.text(x, 7.2, words, size=9)

    p = y = np.array([1, 2, 5])
    wrong = p[:, None] - y
    spread = np.broadcast_arrays(p[:, None], y)
    grid(ax, 0.5, 1.6, spread[0], "C0", lambda _, j: j == 0)
    grid(ax, 6, 1.6, spread[1], "C1", lambda i, _: i == 0)
    grid(ax, 11.5, 1.6, wrong, "C3", lambda i, j: i == j)
    for x, sign in [(4.75, "−"), (10.25, "=")]:
        ax.text(x, 1.1, sign, ha="center", va="center", size=13)
    for x, words in [
        (0.5, f"p: {p[:, None].shape}"),
        (6, f"y: ({y.size}), read as {y[None].shape}"),
        (11.5, f"{wrong.shape}: meant was the diagonal"),
    ]:
        ax.text(x, 2.8, words, size=9)
    ax.set(xlim=(-0.2, 17.6), ylim=(-0.7, 7.8), aspect="equal")
    ax.axis("off")
    return fig

"""A turn keeps the steps and turns the directions."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.foundations import rotation

DEGREES = 35
X, Y = 1.4, 0.8


def numbers():
    return {"degrees": DEGREES}


def arrow(ax, start, end, color):
    ax.annotate(
        "",
        end,
        start,
        arrowprops={"arrowstyle": "-|>", "color": color, "lw": 2},
    )


def steps(ax, R, *, look):
    first, second = R[:, 0], R[:, 1]
    corner, tip = X * first, X * first + Y * second
    square = np.stack([0 * first, first, first + second, second, 0 * first])
    ax.plot(*square.T, color="C7", lw=1, ls=look)
    ax.plot(*np.stack([0 * first, corner]).T, color="C0", ls=look)
    ax.plot(*np.stack([corner, tip]).T, color="C2", ls=look)
    ax.plot(*tip, "o", color="C1")
    return tip


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(5.4, 4))
    R = rotation(np.radians(DEGREES))
    before = steps(ax, np.eye(2), look="--")
    after = steps(ax, R, look="-")
    for tip in (before, after):
        arrow(ax, (0, 0), tip, "C1")
    ax.text(before[0] + 0.05, before[1] + 0.02, "(x, y)", color="C1")
    ax.text(after[0] + 0.02, after[1] + 0.07, "turned", color="C1")
    ax.text(0.55, -0.12, "x steps", color="C0")
    ax.text(X + 0.04, 0.35, "y steps", color="C2")
    ax.set(xlabel="first coordinate", ylabel="second", aspect="equal")
    ax.set(xlim=(-0.75, 2), ylim=(-0.2, 1.75))
    return fig

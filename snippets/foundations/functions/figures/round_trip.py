"""Encode and decode: only points of the line come back to where they were."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.foundations import left_inverse

D = np.array([[2.0], [1.0]])
CODES = np.array([[-1.2], [0.4], [1.3]])
OTHERS = np.array([[-1.5, 1.0], [0.2, 1.6], [2.6, 0.1], [1.4, -1.3]])


def numbers():
    E = left_inverse(D)
    back = OTHERS @ (D @ E).T
    right = np.sum((OTHERS - back) * D.T, axis=1)
    return {
        "on": np.abs(CODES @ D.T @ (D @ E).T - CODES @ D.T).max(),
        "right": np.abs(right).max(),
        "points": len(OTHERS),
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.2, 4.3))
    E = left_inverse(D)
    line = np.array([[-1.6], [1.7]]) @ D.T
    ax.plot(*line.T, color="C7", lw=1.2)
    on = CODES @ D.T
    ax.plot(*on.T, "o", color="C2", ms=9, mfc="none", mew=2)
    for x in OTHERS:
        back = D @ (E @ x)
        ax.plot(*x, "o", color="C0")
        ax.plot(*back, "s", color="C1", ms=5)
        ax.annotate(
            "",
            back,
            x,
            arrowprops={
                "arrowstyle": "-|>",
                "color": "C0",
                "lw": 1.2,
                "shrinkA": 3,
                "shrinkB": 4,
            },
        )
    ax.text(0.35, 1.62, "x", color="C0")
    ax.text(0.95, 0.25, "D(E x)", color="C1")
    ax.text(-2.35, -1.62, "comes back to itself", color="C2")
    ax.text(3.45, 1.9, "what the decoder reaches", color="C7", ha="right")
    ax.set(xlim=(-3.4, 3.6), ylim=(-2, 2.2), xlabel="x₁", ylabel="x₂")
    ax.set_aspect("equal")
    return fig

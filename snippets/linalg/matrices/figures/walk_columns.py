"""A x walks along the columns of A: x₁ times the first, x₂ the second."""

import matplotlib.pyplot as plt
import numpy as np


def arrow(ax, start, end, color, lw=2.0, style="-|>", ls="-"):
    ax.annotate(
        "",
        end,
        start,
        arrowprops={
            "arrowstyle": style,
            "color": color,
            "lw": lw,
            "ls": ls,
            "shrinkA": 0,
            "shrinkB": 0,
        },
    )


def figure():
    A, x = np.array([[2.0, -1.0], [0.5, 1.5]]), np.array([1.5, 2.0])
    a, b = A.T
    fig, ax = plt.subplots(figsize=(5.6, 4.2))
    for s in range(-1, 4):
        for t in range(4):
            ax.plot(*(s * a + t * b), ".", color="C7", ms=4)
    arrow(ax, (0, 0), x[0] * a, "C1", lw=1.2, ls="--")
    arrow(ax, x[0] * a, A @ x, "C2", lw=1.2, ls="--")
    arrow(ax, (0, 0), a, "C1")
    arrow(ax, (0, 0), b, "C2")
    arrow(ax, (0, 0), A @ x, "C0", lw=2.6)
    ax.text(1.1, 0.02, "first column", color="C1")
    ax.text(-1.75, 1.75, "second column", color="C2")
    ax.text(3.1, 0.62, f"{x[0]:g} times the first", color="C1")
    ax.text(2.1, 2.3, f"{x[1]:g} times the second", color="C2")
    ax.text(0.2, 2.5, "A x", color="C0")
    ax.set(aspect="equal", xlim=(-2.2, 4.8), ylim=(-0.6, 4.2))
    return fig

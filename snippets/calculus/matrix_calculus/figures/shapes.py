"""The gradient has the shape of its argument: one product fits."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from derivable.calculus import grad

K, N, D = 5, 8, 4
LETTERS = {K: "k", N: "n", D: "d"}
UNIT = 0.2  # of an entry, drawn


def box(ax, x, y, M, name, color):
    height, width = UNIT * np.array(M.shape)
    ax.add_patch(
        Rectangle((x, y - height / 2), width, height, color=color, alpha=0.3)
    )
    shape = " × ".join(LETTERS[size] for size in M.shape)
    ax.text(x + width / 2, y, name, ha="center", va="center", size=9)
    ax.text(x + width / 2, y - height / 2 - 0.22, shape, ha="center", size=7.5)
    return x + width


def fits(A, R, shape):
    """The products of A or Aᵀ with R or Rᵀ that have this shape."""
    factors = {"A": A, "Aᵀ": A.T}, {"R": R, "Rᵀ": R.T}
    pairs = [
        pair
        for first, second in (factors, factors[::-1])
        for pair in ((p, q) for p in first.items() for q in second.items())
    ]
    return [
        p + q
        for (p, P), (q, Q) in pairs
        if P.shape[1] == Q.shape[0] and (P @ Q).shape == shape
    ]


def figure():
    rng = np.random.default_rng(0)
    A, X, B = (rng.normal(size=s) for s in [(K, N), (N, D), (K, D)])
    R = A @ X - B
    slope = grad(lambda X: np.sum((A @ X - B) ** 2))(X)
    assert fits(A, R, slope.shape) == ["AᵀR"]

    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    x = box(ax, 0, 2.6, A, "A", "C7")
    x = box(ax, x + 0.1, 2.6, X, "X", "C0")
    ax.text(x + 0.3, 2.6, "−", ha="center", va="center")
    x = box(ax, x + 0.6, 2.6, B, "B", "C7")
    ax.text(x + 0.3, 2.6, "=", ha="center", va="center")
    box(ax, x + 0.6, 2.6, R, "R", "C7")
    ax.text(7.6, 2.6, "$L = \\Vert R \\Vert_F^2$", va="center", ha="center")

    x = box(ax, 0, 0.3, slope, "∇L", "C0")
    ax.text(x + 0.35, 0.3, "= 2 ·", ha="center", va="center")
    x = box(ax, x + 0.7, 0.3, A.T, "Aᵀ", "C7")
    box(ax, x + 0.1, 0.3, R, "R", "C7")
    ax.text(
        4.2,
        0.3,
        "no other product of one A\nand one R has this shape",
        va="center",
        color="C0",
    )
    ax.set(xlim=(-0.2, 8.6), ylim=(-1, 3.8), aspect="equal")
    ax.axis("off")
    return fig

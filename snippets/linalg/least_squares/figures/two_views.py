"""The best line and the shadow on a plane are the same three numbers."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import lstsq

A = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
b = np.array([1.0, 4.0, 2.0])
U = np.linalg.qr(np.column_stack([A, np.array([1.0, -2.0, 1.0])]))[0]
EYE = np.array([[-1, -0.5, 0.0], [0.12, -0.4, -1]]) @ U.T  # R³ to paper


def numbers():
    found = lstsq(A, b)
    return {"x": found.x, "r": found.residual, "cross": A.T @ found.residual}


def space(ax, p) -> None:
    plane = np.array([[0.3, -1.2], [0.3, 2], [-5, 2], [-5, -1.2]])
    corners = EYE @ (U[:, :2] @ plane.T)
    ax.fill(*corners, color="C0", alpha=0.15)
    ax.text(1.1, -1.35, "all A x", color="C0")
    for end, colour, name, shift in (
        (b, "C1", "b", (-0.35, 0.15)),
        (p, "C0", "A x̂", (0.15, -0.4)),
    ):
        to = EYE @ end
        ax.annotate(
            "", to, (0, 0), arrowprops={"arrowstyle": "->"} | pen(colour)
        )
        ax.text(*(to + shift), name, color=colour)
    ax.plot(*np.stack([EYE @ p, EYE @ b], axis=1), "--", color="C2")
    ax.text(*(EYE @ (b + p) / 2 + [-0.55, -0.1]), "r", color="C2")
    ax.set_aspect("equal")
    ax.axis("off")


def pen(colour):
    return {"color": colour, "lw": 1.8, "shrinkA": 0, "shrinkB": 0}


def figure() -> Figure:
    found = lstsq(A, b)
    p, t = A @ found.x, A[:, 1]
    fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.0))
    left.plot(t, p, "-o", color="C0", mfc="none")
    left.plot(t, b, "o", color="C1")
    left.vlines(t, p, b, color="C2", ls="--")
    left.text(1.08, 3.1, "r₂", color="C2")
    left.text(0.1, 0.9, "b₁", color="C1")
    left.text(0.45, 1.75, "A x̂", color="C0")
    left.set(xlabel="t", ylabel="b", xticks=[0, 1, 2])
    space(right, p)
    return fig

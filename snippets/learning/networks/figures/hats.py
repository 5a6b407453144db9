"""Three hinges make a hat, and hats at the knots add to a polygon."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import relu
from derivable.learning import hinge_network, mlp


def f(x):
    return 1.2 + np.sin(2 * x) * np.exp(-x / 4)


PIECES, END = 8, 4.0
KNOTS = np.linspace(0, END, PIECES + 1)
X = np.linspace(0, END, 801)


def polygon():
    return mlp(hinge_network(f, 0.0, END, num_pieces=PIECES), X[:, None])[:, 0]


def numbers():
    return {
        "pieces": PIECES,
        "largest": float(np.abs(polygon() - f(X)).max()),
    }


def figure() -> Figure:
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.1))
    h = KNOTS[1]
    x = np.linspace(-1, 3, 401)
    parts = [relu(x), -2 * relu(x - 1), relu(x - 2)]
    for part, colour, name, at in zip(
        parts,
        ("C0", "C1", "C2"),
        ("relu(x)", "−2 relu(x − 1)", "relu(x − 2)"),
        ((1.25, 1.9), (0.35, -1.6), (2.05, 0.62)),
        strict=True,
    ):
        axes[0].plot(x, part, color=colour, lw=1)
        axes[0].text(*at, name, color=colour, size=8)
    axes[0].plot(x, sum(parts), color="C7", lw=2.6)
    axes[0].text(-0.95, 0.35, "their sum", color="C7", size=9)
    axes[0].set(xlabel="x", ylabel="hinges", ylim=(-2.2, 2.4))
    for t in KNOTS:
        hat = np.maximum(1 - np.abs(X - t) / h, 0) * f(t)
        axes[1].plot(X, hat, color="C7", lw=0.8)
    axes[1].plot(X, f(X), color="C0")
    axes[1].plot(X, polygon(), "--", color="C1")
    axes[1].plot(KNOTS, f(KNOTS), "o", color="C1", ms=4)
    axes[1].text(1.0, 2.1, "f", color="C0")
    axes[1].text(2.3, 1.75, "sum of hats", color="C1", size=9)
    axes[1].set(xlabel="x", ylabel="f and its polygon", ylim=(0, 2.3))
    return fig

"""Among all dice with a mean of 4.5, the least committed is exponential."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import max_entropy


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.2))
    faces = np.arange(1, 7)
    for mean, color, mark in (
        (2.5, "C1", "s"),
        (3.5, "C7", "D"),
        (4.5, "C0", "o"),
    ):
        found = max_entropy(faces, mean)
        ax.semilogy(faces, found.p, mark, color=color)
        x = np.linspace(1, 6, 51)
        curve = np.exp(found.theta[0] * (x - faces[-1])) * found.p[-1]
        ax.semilogy(x, curve, color=color, lw=1, ls="--")
    ax.text(4.2, 0.26, "mean 4.5", color="C0")
    ax.text(1.6, 0.31, "mean 2.5", color="C1")
    ax.text(5.3, 0.18, "mean 3.5", color="C7")
    ax.set(xlabel="face", ylabel="probability", xticks=faces)
    shown = [0.05, 0.1, 0.2, 0.3]
    ax.set_yticks(shown, [f"{p:g}" for p in shown])
    ax.set_yticks([], minor=True)
    return fig

"""Two numbers of 64 already tell many digits apart."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits

from derivable.linalg import pca


def figure() -> Figure:
    X, y = load_digits(return_X_y=True)
    Z = pca(X, 2).transform(X)
    fig, ax = plt.subplots(figsize=(6.4, 4.6))
    for digit in range(10):
        color = f"C{digit % 8}"
        for z in Z[y == digit][::6]:
            ax.text(
                *z,
                str(digit),
                color=color,
                fontsize=7,
                ha="center",
                va="center",
            )
        ax.text(
            *np.median(Z[y == digit], axis=0),
            str(digit),
            color=color,
            fontsize=19,
            weight="bold",
            ha="center",
            va="center",
        )
    low, high = Z.min(axis=0) - 2, Z.max(axis=0) + 2
    ax.set(
        xlabel="first component",
        ylabel="second component",
        xlim=(low[0], high[0]),
        ylim=(low[1], high[1]),
    )
    return fig

"""The logarithm is the exponential with input and output exchanged."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.foundations import logarithm


def figure():
    fig, ax = plt.subplots(figsize=(5.2, 4.8))
    x = np.linspace(-3.2, 2.1, 101)
    ax.plot(x, np.exp(x), color="C0")
    ax.text(1.1, 4.6, "eˣ", color="C0", ha="right")
    y = np.exp(x)
    ax.plot(y, logarithm(y), color="C1")
    ax.text(4.6, 1.0, "ln x", color="C1")
    ax.plot([-3.2, 6], [-3.2, 6], "--", color="C7", linewidth=1)
    for at in (0.0, 1.0):
        ends = np.array([at, np.exp(at)])
        ax.plot(ends, ends[::-1], ":", color="C7")
        ax.plot(*ends, "o", color="C0", markersize=5)
        ax.plot(*ends[::-1], "o", color="C1", markersize=5)
    ax.text(1.12, np.e, "(1, e)", color="C0", va="center")
    ax.text(np.e, 0.6, "(e, 1)", color="C1", ha="center")
    ax.set(
        xlabel="x", ylabel="value", xlim=(-3.2, 6), ylim=(-3.2, 6),
        aspect="equal",
    )  # fmt: skip
    return fig

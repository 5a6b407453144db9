"""Two lines meet once, never, or everywhere."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.foundations import solutions

SYSTEMS = (
    (((1.0, 1.0), (1.0, -1.0)), (3.0, 1.0)),
    (((1.0, 1.0), (2.0, 2.0)), (3.0, 2.0)),
    (((1.0, 1.0), (2.0, 2.0)), (3.0, 6.0)),
)


def figure() -> Figure:
    fig, axes = plt.subplots(1, 3, figsize=(6.2, 2.7), sharey=True)
    x = np.linspace(-1, 4, 2)
    for ax, (A, b) in zip(axes, SYSTEMS, strict=True):
        found = solutions(A, b)
        looks = (("C0", "-", 4.5), ("C1", "--", 1.8))
        for row, right, (color, dash, width) in zip(A, b, looks, strict=True):
            y = (right - row[0] * x) / row[1]
            ax.plot(x, y, color=color, ls=dash, lw=width)
        if found.count == "one":
            ax.plot(*found.x, "o", color="C2", ms=8)
        ax.set(xlim=(-1, 4), ylim=(-1, 4.6), xlabel="x₁")
        ax.text(1.5, 4.05, found.count, ha="center", color="C2")
        ax.set_aspect("equal")
    axes[0].set_ylabel("x₂")
    return fig

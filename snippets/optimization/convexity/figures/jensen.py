"""The mean of the values lies above the value of the mean."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import jensen_gap


def figure() -> Figure:
    points = np.array([-1.2, 0.1, 0.9, 2.0])
    weights = np.array([0.3, 0.2, 0.2, 0.3])
    mean = weights @ points
    low = np.exp(mean)
    high = low + jensen_gap(np.exp, points, weights)
    x = np.linspace(-1.6, 2.3, 161)

    fig, ax = plt.subplots(figsize=(6.4, 4))
    ax.fill(points, np.exp(points), color="C1", alpha=0.15, lw=0)
    ax.plot(x, np.exp(x), color="C0")
    ax.plot(x, low * (1 + x - mean), "--", color="C2")
    ax.plot(points, np.exp(points), "o", color="C0")
    ax.annotate(
        "",
        (mean, high),
        (mean, low),
        arrowprops={"arrowstyle": "<->", "color": "C1", "shrinkA": 0},
    )
    ax.plot(mean, low, "o", color="C2")
    ax.plot(mean, high, "o", color="C1")
    ax.text(
        mean - 0.1, high + 0.1, "mean of the values", color="C1", ha="right"
    )
    ax.text(mean + 0.12, low - 0.15, "value of the mean", color="C2", va="top")
    ax.text(1.75, 7.2, "eˣ", color="C0", ha="right")
    ax.set(xlabel="x", ylim=(-1, 8.6))
    return fig

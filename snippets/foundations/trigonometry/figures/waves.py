"""The cosine is the sine, shifted left by a quarter of a period."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    theta = np.linspace(0, 4 * np.pi, 500)
    fig, ax = plt.subplots(figsize=(7, 3.2))
    ax.plot(theta, np.sin(theta), color="C2")
    ax.plot(theta, np.cos(theta), color="C0")
    zeros = np.pi * np.array([0.5, 1.5, 2.5, 3.5])
    ax.plot(zeros, 0 * zeros, "o", color="C0", ms=6)
    for level in (-1, 1):
        ax.axhline(level, color="C7", lw=0.8, ls=":")
    ax.annotate(
        "",
        (2 * np.pi, 1.12),
        (2.5 * np.pi, 1.12),
        arrowprops={"arrowstyle": "->", "color": "C1", "lw": 1.5},
    )
    ax.text(2.25 * np.pi, 1.22, "π/2", color="C1", ha="center")
    ax.text(0.85 * np.pi, 0.62, "sine", color="C2")
    ax.text(1.68 * np.pi, 0.72, "cosine", color="C0", ha="right")
    ticks = np.arange(9) / 2 * np.pi
    names = ["0", "π/2", "π", "3π/2", "2π", "5π/2", "3π", "7π/2", "4π"]
    ax.set_xticks(ticks, names)
    ax.set(xlabel="angle θ", ylabel="height", ylim=(-1.2, 1.5))
    return fig

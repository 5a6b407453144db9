"""At every point the gradient crosses the level set at a right angle."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import numerical_gradient


def f(x):
    return x[0] ** 2 / 2 + x[0] * x[1] / 2 + x[1] ** 2


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 4.4))
    grid = np.meshgrid(
        np.linspace(-4.6, 4.6, 185), np.linspace(-3.7, 3.7, 149)
    )
    levels = np.array([1.5, 3, 4.5, 6, 7.5])
    lines = ax.contour(*grid, f(grid), levels, colors="C7", linewidths=1)
    ray = np.array([np.cos(0.9 * np.pi), np.sin(0.9 * np.pi)])
    between = np.sqrt(levels / f(ray))[:, None] * ray  # two arrows
    ax.clabel(lines, fmt="f = %g", fontsize=8, manual=between)
    for level in (1.5, 4.5):
        for angle in np.arange(0, 2 * np.pi, np.pi / 5):
            ray = np.array([np.cos(angle), np.sin(angle)])
            x = ray * np.sqrt(level / f(ray))
            g = numerical_gradient(f, x)
            ax.annotate(
                "",
                x + 0.22 * g,
                x,
                arrowprops={"arrowstyle": "-|>", "color": "C0", "lw": 1.6},
            )
            ax.plot(*x, "o", color="C0", ms=3)
    ax.text(1.6, 3.05, "∇f, all to one scale", color="C0")
    ax.set(xlabel="x₁", ylabel="x₂", aspect="equal")
    ax.grid(visible=False)
    return fig

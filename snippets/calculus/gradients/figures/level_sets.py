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
    lines = ax.contour(
        *grid, f(grid), [0.5, 1.5, 3, 5, 8], colors="C7", linewidths=1
    )
    ax.clabel(lines, fmt="f = %g", fontsize=8)
    for level in (1.5, 5):
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
    ax.text(2.75, 1.75, "∇f, all to one scale", color="C0")
    ax.set(xlabel="x₁", ylabel="x₂", aspect="equal")
    ax.grid(visible=False)
    return fig

"""Convex: all starts end at one value. Else: the start decides."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import Problem, gradient_descent, minimize


def bowl(x):
    return (x[0] ** 2 + 2 * x[1] ** 2 + x[0] * x[1]) / 2


def hills(x):
    return bowl(x) + 2 * np.sin(2 * x[0]) * np.cos(1.5 * x[1])


def bowl_slope(x):
    return np.array([x[0] + x[1] / 2, 2 * x[1] + x[0] / 2])


def hills_slope(x):
    u, v = 2 * x[0], 1.5 * x[1]
    wave = [4 * np.cos(u) * np.cos(v), -3 * np.sin(u) * np.sin(v)]
    return bowl_slope(x) + np.array(wave)


def figure() -> Figure:
    fig, axes = plt.subplots(1, 2, figsize=(7.6, 3.9), sharey=True)
    grid = np.meshgrid(np.linspace(-4, 4, 61), np.linspace(-4, 4, 61))
    rng = np.random.default_rng(3)
    starts = rng.uniform(-3.8, 3.8, size=(24, 2))
    for ax, f, g in zip(
        axes, (bowl, hills), (bowl_slope, hills_slope), strict=True
    ):
        problem = Problem(f, g)
        ax.contour(*grid, f(np.array(grid)), 8, colors="C7", linewidths=0.6)
        ends = {}
        for start in starts:
            path = minimize(
                problem, start, gradient_descent(0.05), num_steps=300
            )
            ax.plot(*path.x.T, color="C0", lw=0.8)
            ax.plot(*start, ".", color="C0", ms=4)
            ends[round(float(path.f[-1]), 2)] = path.x[-1]
        best = min(ends)
        for value, x in ends.items():
            color = "C2" if value == best else "C1"
            ax.plot(*x, "o", color=color, ms=7)
            ax.annotate(
                f"{value + 0.0:.2f}".replace("-", "−"),
                x,
                (6, 6),
                textcoords="offset points",
                color=color,
                fontweight="bold",
            )
        ax.set(xlabel="x₁", aspect="equal", xlim=(-4, 4), ylim=(-4, 4))
        ax.grid(visible=False)
    axes[0].set(ylabel="x₂")
    return fig

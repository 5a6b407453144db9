"""Too small creeps, below 2/L zigzags in, at 2/L cycles, above it leaves."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import gradient_descent, minimize, quadratic

PROBLEM = quadratic(np.diag([1.0, 10.0]))
CASES = [
    (0.01, 30, "α = 0.1 / L: too small", "C0"),
    (0.18, 30, "α = 1.8 / L: zigzag", "C2"),
    (0.20, 30, "α = 2 / L: a cycle", "C4"),
    (0.205, 18, "α = 2.05 / L: out", "C1"),
]


def numbers():
    return {"steps": [steps for _, steps, _, _ in CASES]}


def figure() -> Figure:
    fig, axes = plt.subplots(2, 2, figsize=(7.6, 5), sharex=True)
    u, v = np.meshgrid(np.linspace(-1, 4.4, 121), np.linspace(-1.8, 1.8, 91))
    for ax, (rate, steps, words, color) in zip(axes.flat, CASES, strict=True):
        path = minimize(
            PROBLEM, [4.0, 0.8], gradient_descent(rate), num_steps=steps
        )
        ax.contour(
            u,
            v,
            (u**2 + 10 * v**2) / 2,
            np.arange(1, 7) ** 2 / 3,
            colors="C7",
            linewidths=0.8,
        )
        ax.plot(*path.x.T, ".-", color=color, lw=1.2, ms=5)
        ax.plot(0, 0, "*", color="C7", ms=10)
        ax.text(0, 1.04, words, color=color, transform=ax.transAxes)
        ax.set(ylim=(-1.8, 1.8))
        ax.grid(visible=False)
    for ax in axes[1]:
        ax.set_xlabel("x₁, curvature 1")
    for ax in axes[:, 0]:
        ax.set_ylabel("x₂, curvature 10")
    return fig

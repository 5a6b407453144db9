"""A constraint that holds the minimum back pushes; another one does not."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    ConstrainedProblem,
    augmented_lagrangian,
)

TARGETS = np.array([[0.6, 0.7], [2.0, 1.6]])


def figure() -> Figure:
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.3), sharey=True)
    for ax, target in zip(axes, TARGETS, strict=True):
        problem = ConstrainedProblem(
            lambda x, c=target: (x - c) @ (x - c),
            inequalities=lambda x: x[0] + x[1] - 2,
        )
        found = augmented_lagrangian(problem, np.zeros(2))
        x, lam = found.x[-1], found.lam[-1, 0]
        u, v = np.meshgrid(np.linspace(0, 2.8, 141), np.linspace(0, 2.4, 121))
        levels = np.array([0.05, 0.2, 0.45, 0.8, 1.28, 2, 3, 4.2])
        away = (u - target[0]) ** 2 + (v - target[1]) ** 2
        ax.contour(u, v, away, levels, colors="C7", linewidths=0.8)
        ax.fill_between([0, 2], [2, 0], color="C0", alpha=0.12, lw=0)
        ax.plot([0, 2], [2, 0], color="C0")
        ax.plot(*target, "*", color="C1", ms=11)
        ax.plot(*x, "o", color="C0", ms=8)
        if lam > 1e-6:
            style = {"arrowstyle": "-|>", "lw": 2}
            down = 0.25 * 2 * (target - x)
            push = -0.25 * lam * np.ones(2)
            for d, color in ((down, "C1"), (push, "C0")):
                ax.annotate("", x + d, x, arrowprops={**style, "color": color})
            ax.text(1.6, 0.93, "−∇f", color="C1")
            ax.text(0.22, 0.42, "−λ∇g", color="C0")
        ax.text(0.08, 0.12, "g ≤ 0", color="C0")
        ax.text(1.3, 2.15, f"λ = {lam:.1f}", color="C0")
        ax.set(xlabel="x₁", aspect="equal", xlim=(0, 2.8), ylim=(0, 2.4))
        ax.grid(visible=False)
    axes[0].set(ylabel="x₂")
    return fig

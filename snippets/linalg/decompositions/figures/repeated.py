"""Apply a matrix again and again, and every direction turns to one."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

A = np.array([[4.0, 2.0], [1.0, 3.0]])


def figure() -> Figure:
    fig, axes = plt.subplots(1, 4, figsize=(7.2, 2.3), sharey=True)
    angles = np.arange(15, 375, 30)
    start = np.array([np.cos(np.radians(angles)), np.sin(np.radians(angles))])
    lead = np.array([2.0, 1.0]) / np.sqrt(5)
    other = np.array([1.0, -1.0]) / np.sqrt(2)
    for ax, t in zip(axes, (0, 1, 2, 4), strict=True):
        x = np.linalg.matrix_power(A, t) @ start
        x = x / np.linalg.norm(x, axis=0)
        for v, color in ((lead, "C1"), (other, "C2")):
            ax.plot(*np.outer(v, [-1.3, 1.3]), "--", color=color, lw=1)
        for tip in x.T:
            ax.annotate(
                "",
                tip,
                (0, 0),
                arrowprops={"arrowstyle": "-|>", "color": "C0", "lw": 1.3},
            )
        ax.set(
            aspect="equal",
            xlim=(-1.35, 1.35),
            ylim=(-1.35, 1.35),
            xticks=[-1, 0, 1],
            yticks=[-1, 0, 1],
        )
        ax.set_xlabel("start" if t == 0 else f"after {t}")
    axes[0].text(0.35, 0.98, "λ = 5", color="C1", ha="left", fontsize=9)
    axes[0].text(0.2, -1.25, "λ = 2", color="C2", fontsize=9)
    return fig

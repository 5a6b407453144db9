"""A linear map takes a grid of squares to a grid of parallelograms."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.linalg import projection_matrix, reflection, rotation, shear

MAPS = {
    "scaling": np.diag([0.5, 1.5]),
    "rotation": rotation(np.radians(30)),
    "reflection": reflection(np.radians(60)),
    "shear": shear(0.6),
    "projection": projection_matrix([2, 1]),
    "any other": np.array([[1.2, -0.5], [0.4, 0.8]]),
}
LINES = np.linspace(-2, 2, 9)
SQUARE = np.array([[0, 1, 1, 0], [0, 0, 1, 1]])


def figure():
    fig, axes = plt.subplots(2, 3, figsize=(7.2, 5.2))
    for ax, (name, A) in zip(axes.flat, MAPS.items(), strict=True):
        for c in LINES:
            for line in ([[c, c], [-2, 2]], [[-2, 2], [c, c]]):
                ax.plot(*line, color="C7", lw=0.5, alpha=0.5)
                ax.plot(*(A @ line), color="C0", lw=0.9, alpha=0.8)
        ax.fill(*(A @ SQUARE), color="C4", alpha=0.45)
        for column, color in zip(A.T, ("C1", "C2"), strict=True):
            ax.annotate(
                "",
                column,
                (0, 0),
                arrowprops={
                    "arrowstyle": "-|>",
                    "color": color,
                    "lw": 2.2,
                    "shrinkA": 0,
                    "shrinkB": 0,
                },
            )
        ax.text(
            0.5, 1.02, name, transform=ax.transAxes, ha="center", va="bottom"
        )
        ax.set(
            aspect="equal",
            xlim=(-2.7, 2.7),
            ylim=(-2.7, 2.7),
            xticks=[-2, 0, 2],
            yticks=[-2, 0, 2],
        )
        ax.grid(visible=False)
    return fig

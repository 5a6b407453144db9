"""A shear of the plane, seen on the line at height 1, is a translation."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.linalg import shear


def figure():
    points, move = np.array([-1.0, 0.0, 1.5]), 1.2
    M = shear(move)
    lifted = np.array([points, np.ones(3)])
    moved = M @ lifted
    fig, ax = plt.subplots(figsize=(6.4, 3.0))
    for c in np.arange(-3, 4):
        ends = np.array([[c, c], [-0.2, 1.5]])
        ax.plot(*ends, color="C7", lw=0.6)
        ax.plot(*(M @ ends), color="C0", lw=0.7, alpha=0.7)
    ax.axhline(1, color="C1", lw=1.2)
    ax.axhline(0, color="C7", lw=1.2)
    for (x, y), (u, v) in zip(lifted.T, moved.T, strict=True):
        ax.annotate(
            "",
            (u, v),
            (x, y),
            arrowprops={
                "arrowstyle": "-|>",
                "color": "C1",
                "lw": 1.8,
                "connectionstyle": "arc3,rad=-0.35",
            },
        )
    ax.plot(*lifted, "o", color="C7")
    ax.plot(*moved, "o", color="C1")
    ax.plot(0, 0, "o", color="C0")
    ax.text(0.1, 0.07, "the origin stays", color="C0")
    ax.text(2.78, 1.06, "height 1", color="C1", ha="left")
    ax.set(xlim=(-2.5, 3.6), ylim=(-0.2, 1.5), xlabel="x", yticks=[0, 1])
    ax.set_ylabel("extra coordinate")
    ax.grid(visible=False)
    return fig

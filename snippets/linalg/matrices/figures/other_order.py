"""The same two maps in the other order give another picture."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.linalg import rotation

LETTER = np.array(
    [
        [0, 0.3, 0.3, 0.8, 0.8, 0.3, 0.3, 1, 1, 0],
        [0, 0, 0.7, 0.7, 1.0, 1.0, 1.3, 1.3, 1.6, 1.6],
    ]
)


def figure():
    R, S = rotation(np.radians(40)), np.diag([2.0, 1.0])
    rows = (("turn, then stretch", R, S), ("stretch, then turn", S, R))
    fig, axes = plt.subplots(2, 3, figsize=(7.2, 4.6))
    for row, (words, first, second) in zip(axes, rows, strict=True):
        steps = (LETTER, first @ LETTER, second @ first @ LETTER)
        for ax, points, color in zip(
            row, steps, ("C7", "C1", "C0"), strict=True
        ):
            ax.fill(*points, color=color, alpha=0.35)
            ax.plot(*np.c_[points, points[:, :1]], color=color)
            ax.set(
                aspect="equal",
                xlim=(-2.3, 2.3),
                ylim=(-0.3, 2.7),
                xticks=[-2, 0, 2],
                yticks=[0, 2],
            )
        row[0].set_ylabel(words)
    return fig

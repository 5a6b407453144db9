"""The way back is the transposed matrix: rows of weights become columns."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import conv2d_matrix

KERNEL, SIZE, STRIDE = 3, 9, 2


def figure() -> Figure:
    F = np.arange(1.0, KERNEL + 1).reshape(1, 1, 1, KERNEL)
    T = conv2d_matrix(F, (1, 1, SIZE), stride=STRIDE)
    fig, axes = plt.subplots(
        1, 2, figsize=(6.4, 3.2), width_ratios=[SIZE, len(T)]
    )
    labels = [("input $u$", "output $i$"), ("$\\delta_i$", "input $u$")]
    for ax, A, (across, down) in zip(axes, (T, T.T), labels, strict=True):
        for i, j in np.argwhere(A):
            r = int(A[i, j]) - 1
            ax.plot(j, i, "s", ms=19, color=f"C{r}", alpha=0.3)
            ax.text(j, i, f"$f_{r}$", ha="center", va="center", size=9)
        ax.set(
            xlabel=across,
            ylabel=down,
            xticks=range(A.shape[1]),
            yticks=range(A.shape[0]),
            aspect="equal",
            xlim=(-0.5, A.shape[1] - 0.5),
            ylim=(A.shape[0] - 0.5, -0.5),
        )
        ax.spines[["top", "right"]].set_visible(True)
    return fig

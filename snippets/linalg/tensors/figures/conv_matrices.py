"""Patches hold the image; the linear map holds the filter, repeated."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.linalg import conv2d_matrix, im2col

SIDE, KERNEL = 5, 3


def grid(ax, A, xlabel):
    shown = np.ma.masked_equal(A, 0)
    ax.pcolormesh(shown, cmap="viridis", vmin=0, vmax=A.max())
    ax.set(
        xlabel=xlabel,
        xticks=range(0, A.shape[1] + 1, KERNEL if A.shape[1] == 9 else SIDE),
        yticks=range(0, A.shape[0] + 1, 3),
        aspect="equal",
    )
    ax.invert_yaxis()
    ax.spines[["top", "right"]].set_visible(True)


def figure():
    X = np.arange(1.0, SIDE**2 + 1).reshape(1, 1, SIDE, SIDE)
    F = np.arange(1.0, KERNEL**2 + 1).reshape(1, 1, KERNEL, KERNEL)
    B, T = im2col(X, (KERNEL, KERNEL)), conv2d_matrix(F, (1, SIDE, SIDE))
    fig, (left, right) = plt.subplots(
        1, 2, figsize=(7.2, 2.5), width_ratios=[9, 25]
    )
    grid(left, B, "patches B: {} × {}".format(*B.shape))
    grid(right, T, "map T: {} × {}, colour = which weight".format(*T.shape))
    left.set_ylabel("place of the filter")
    return fig

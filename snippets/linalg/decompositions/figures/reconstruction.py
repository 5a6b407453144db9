"""Two components give a rough kind, ten the strokes of a digit."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits

from derivable.linalg import pca


def figure() -> Figure:
    X, y = load_digits(return_X_y=True)
    chosen = [np.flatnonzero(y == digit)[3] for digit in (0, 2, 4, 5, 8, 9)]
    fig, axes = plt.subplots(4, 6, figsize=(5.4, 3.8))
    for row, k in zip(axes, (2, 10, 29, 64), strict=True):
        found = pca(X, k)
        back = found.inverse(found.transform(X[chosen]))
        for ax, image in zip(row, back, strict=True):
            ax.imshow(
                image.reshape(8, 8),
                cmap="gray_r",
                vmin=0,
                vmax=16,
                interpolation="none",
            )
            ax.set(xticks=[], yticks=[])
            ax.grid(visible=False)
            ax.spines[:].set_visible(False)
        row[0].set_ylabel(f"k = {k}", rotation=0, ha="right", va="center")
    return fig

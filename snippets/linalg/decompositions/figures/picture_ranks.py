"""Twenty of 96 directions keep what the eye looks for."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from derivable.linalg import low_rank, picture


def figure() -> Figure:
    A = picture()
    fig, axes = plt.subplots(1, 4, figsize=(7.4, 1.75))
    for ax, k in zip(axes, (2, 8, 20, 96), strict=True):
        ax.imshow(
            low_rank(A, k), cmap="gray", vmin=0, vmax=1, interpolation="none"
        )
        share = k * (sum(A.shape) + 1) / A.size
        words = f"k = {k}: {share:.0%}" if k < 96 else "as drawn"
        ax.set(xlabel=words, xticks=[], yticks=[])
        ax.grid(visible=False)
    return fig

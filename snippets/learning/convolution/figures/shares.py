"""The largest entry takes the whole gradient; under a mean all share it."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import average_pool2d_gradient, max_pool2d_gradient

X = np.array(
    [[1.0, 4.0, 2.0, 2.0], [3.0, 0.0, 1.0, 0.0], [0, 1, 5, 3], [2, 0, 1, 4]]
)
G = np.array([[1.0, 2.0], [4.0, 8.0]])


def figure() -> Figure:
    back = max_pool2d_gradient(X[None, None], G[None, None], 2)[0, 0]
    mean = average_pool2d_gradient(G[None, None], (4, 4), 2)[0, 0]
    fig, axes = plt.subplots(1, 3, figsize=(6.6, 2.4))
    names = ["X", "gradient, maximum", "gradient, mean"]
    for ax, A, name in zip(axes, (X, back, mean), names, strict=True):
        for (i, j), value in np.ndenumerate(A):
            used = back[i, j] > 0 if A is X else value > 0
            ax.plot(j, i, "s", ms=26, color="C1" if used else "C7", alpha=0.3)
            ax.text(j, i, f"{value:g}", ha="center", va="center", size=9)
        ax.plot([1.5, 1.5], [-0.6, 3.6], "--", color="C7", lw=1)
        ax.plot([-0.6, 3.6], [1.5, 1.5], "--", color="C7", lw=1)
        ax.set(xlim=(-0.6, 3.6), ylim=(3.6, -0.6), xlabel=name, aspect="equal")
        ax.set(xticks=[], yticks=[])
    return fig

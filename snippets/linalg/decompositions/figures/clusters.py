"""The second eigenvector of the Laplacian changes sign at the bottleneck."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import laplacian


def figure() -> Figure:
    rng = np.random.default_rng(5)
    home = np.repeat([0, 1], 10)
    chance = np.where(home[:, None] == home, 0.5, 0.05)
    W = np.triu(rng.random((20, 20)) < chance, 1).astype(float)
    W += W.T
    Q = np.linalg.eigh(laplacian(W))[1]
    v = Q[:, 1] * np.sign(Q[-1, 1])
    turn = 2 * np.pi * np.arange(10) / 10
    spot = np.tile([np.cos(turn), np.sin(turn)], 2).T
    spot[:, 0] += np.where(home == 0, -1.6, 1.6)

    fig, (ax, bars) = plt.subplots(
        1, 2, figsize=(7.2, 3), width_ratios=[1.5, 1]
    )
    for i, j in np.argwhere(np.triu(W)):
        across = home[i] != home[j]
        ax.plot(
            *spot[[i, j]].T,
            color="C3" if across else "C7",
            lw=2 if across else 0.8,
            zorder=1,
        )
    for side, color in ((v < 0, "C0"), (v >= 0, "C1")):
        ax.plot(*spot[side].T, "o", color=color, ms=9)
        bars.bar(np.flatnonzero(side), v[side], color=color)
    ax.set(aspect="equal", xticks=[], yticks=[])
    for edge in ax.spines.values():
        edge.set_visible(False)
    ax.text(0, -1.15, "cut", color="C3", ha="center")
    bars.set(xlabel="node", ylabel="entry of the second eigenvector")
    bars.set_xticks([0, 5, 10, 15])
    return fig

"""PCA turns the cloud upright, whitening makes it round."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import pca


def figure() -> Figure:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(300, 2)) @ [[2.0, 1.1], [0.0, 0.6]] + [1, 2]
    found = pca(X, 2)
    fig, axes = plt.subplots(1, 3, figsize=(7.2, 2.6), sharey=True)
    for ax, Z, words in zip(
        axes,
        (X, found.transform(X), found.whiten(X)),
        ("as measured", "centred and turned", "whitened"),
        strict=True,
    ):
        ax.plot(*Z.T, ".", color="C0", ms=3)
        C = np.cov(Z.T)
        shape = np.linalg.cholesky(C)
        turn = np.linspace(0, 2 * np.pi, 100)
        ring = 2 * shape @ [np.cos(turn), np.sin(turn)]
        ax.plot(*(ring + Z.mean(axis=0)[:, None]), color="C1", lw=1.6)
        ax.set(
            aspect="equal", xlim=(-6.5, 7.5), ylim=(-4.5, 5.5), xlabel=words
        )
    return fig

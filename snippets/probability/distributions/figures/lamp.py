"""A running mean settles where a mean exists; Cauchy draws have none."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import Uniform, inverse_transform


def running(x):
    return np.cumsum(x) / np.arange(1, len(x) + 1)


def figure() -> Figure:
    rng = np.random.default_rng(8)
    n = np.arange(1, 10_001)
    shown = np.unique(np.geomspace(1, len(n), 700).astype(int)) - 1
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    for k in range(3):
        spots = inverse_transform(
            lambda u: np.tan(np.pi * (u - 0.5)), rng, len(n)
        )
        ax.semilogx(n[shown], running(spots)[shown], color="C1", lw=1.2)
        flat = Uniform(-3, 3).sample(rng, len(n))
        ax.semilogx(n[shown], running(flat)[shown], color="C0", lw=1.2)
        if k == 0:
            ax.text(900, 3.2, "Cauchy", color="C1")
            ax.text(2200, -1.5, "uniform", color="C0")
    ax.set(xlabel="number of draws", ylabel="mean so far", ylim=(-6, 6))
    return fig

"""Too wide wastes draws; too narrow wastes them all and hides it."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from scipy.stats import norm

from derivable.probability import importance_weights, weight_size

EDGE = np.sqrt(0.5)
WIDTHS = np.array([0.4, 0.5, 0.6, 0.8, 1.0, 1.3, 1.7, 2.2, 2.8])


@functools.cache
def shares(n=2000, runs=50):
    """Median effective share of the draws for each width."""
    rng, found = np.random.default_rng(0), []
    for s in WIDTHS:
        x = s * rng.normal(size=(runs, n))
        sizes = [
            weight_size(
                importance_weights(norm.logpdf(row), norm.logpdf(row, scale=s))
            )
            for row in x
        ]
        found.append(np.median(sizes) / n)
    return np.array(found)


def numbers():
    return {"edge": EDGE}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    s = np.linspace(EDGE, 3, 300)
    ax.plot([0.3, EDGE], [0, 0], color="C0")
    ax.plot(s, np.sqrt(2 * s**2 - 1) / s**2, color="C0")
    ax.plot(WIDTHS, shares(), "o", color="C1")
    ax.axvline(EDGE, color="C7", lw=1, ls="--")
    ax.text(EDGE + 0.03, 0.03, "s = √½", color="C7")
    ax.text(1.75, 0.78, "1 / E[w²], for many draws", color="C0")
    ax.text(0.62, 0.45, "measured", color="C1", ha="right")
    ax.set(
        xlabel="standard deviation s of the proposal",
        ylabel="effective share of the draws",
        xlim=(0.15, 3.05),
        ylim=(-0.04, 1.1),
    )
    return fig

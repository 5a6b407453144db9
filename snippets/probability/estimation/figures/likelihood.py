"""Ten times the data makes the peak about three times narrower."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import log_likelihood, mle

SIZES = (10, 100, 1000)
fine = np.linspace(0.2, 0.98, 1561)


@functools.cache
def curve(n):
    x = np.repeat([1, 0], [7 * n // 10, 3 * n // 10])
    top = log_likelihood(x, "bernoulli", mle(x, "bernoulli"))
    heights = [log_likelihood(x, "bernoulli", [p]) - top for p in fine]
    return np.array(heights)


def numbers():
    high = [fine[curve(n) > -2] for n in SIZES]
    return {
        "sizes": SIZES,
        "peak": fine[np.argmax(curve(1000))],
        "widths": [np.ptp(p) for p in high],
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    places = [(0.25, -2.6), (0.47, -4.6), (0.563, -4.6)]
    for n, colour, place in zip(
        SIZES, ("C0", "C1", "C2"), places, strict=True
    ):
        ax.plot(fine, curve(n), color=colour)
        ax.text(*place, f"{7 * n // 10}/{n}", color=colour)
    ax.axvline(0.7, color="C7", lw=1, ls=":")
    ax.set(
        xlabel="probability p of heads",
        ylabel="log-likelihood below its top",
        ylim=(-5, 0.3),
        xlim=(0.2, 0.98),
    )
    return fig

"""The truth stands still and the intervals move."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import confidence_interval

TRUTH, RUNS, SIZE = 3.0, 50, 8


@functools.cache
def intervals():
    rng = np.random.default_rng(2)
    samples = rng.normal(TRUTH, 2, size=(RUNS, SIZE))
    return np.array([confidence_interval(x) for x in samples])


def hit():
    low, high = intervals().T
    return (low < TRUTH) & (high > TRUTH)


def numbers():
    return {"hits": hit().sum(), "misses": RUNS - hit().sum()}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 4))
    for i, ((low, high), good) in enumerate(
        zip(intervals(), hit(), strict=True)
    ):
        look = {"color": "C0", "lw": 1.2} if good else {"color": "C1", "lw": 3}
        ax.plot([low, high], [i, i], **look)
    ax.axvline(TRUTH, color="C7", lw=1.2)
    ax.text(TRUTH + 0.06, RUNS + 0.6, "true mean", color="C7")
    ax.set(
        xlabel="interval for the mean", ylabel="sample", ylim=(-1, RUNS + 3)
    )
    return fig

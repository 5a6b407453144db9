"""Where the conditions fail, an estimator can beat the root of n."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import bias_variance

SIZES = np.array([10, 30, 100, 300, 1000, 3000])


@functools.cache
def errors():
    rng = np.random.default_rng(0)
    found = {"mean": [], "largest": []}
    for n in SIZES:
        x = rng.random((400, n))
        found["mean"].append(bias_variance(2 * x.mean(axis=1), 1).mse)
        found["largest"].append(bias_variance(x.max(axis=1), 1).mse)
    return {name: np.sqrt(each) for name, each in found.items()}


def numbers():
    return {
        name: np.polyfit(np.log(SIZES), np.log(each), 1)[0]
        for name, each in errors().items()
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    ax.loglog(SIZES, 1 / np.sqrt(3 * SIZES), "--", color="C7", lw=1)
    ax.loglog(SIZES, np.sqrt(2) / SIZES, "--", color="C7", lw=1)
    ax.loglog(SIZES, errors()["mean"], "o", color="C0")
    ax.loglog(SIZES, errors()["largest"], "o", color="C1")
    ax.text(330, 0.05, "twice the mean", color="C0")
    ax.text(42, 0.004, "largest observation", color="C1")
    ax.set(
        xlabel="size n of the sample",
        ylabel="root mean squared error / θ",
    )
    return fig

"""A control moves the line of errors down; even points change its slope."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from scipy.stats import qmc

from derivable.probability import control_variate

SIZES = 2 ** np.arange(4, 12)
RUNS = 100
TRUTH = (np.e - 1) ** 2
SIGMA = np.sqrt(((np.e**2 - 1) / 2) ** 2 - TRUTH**2)


def f(u):
    return np.exp(u[:, 0] + u[:, 1])


@functools.cache
def errors():
    """Root mean squared error of each rule at each size."""
    rng = np.random.default_rng(0)
    found = {"plain": [], "control": [], "Sobol": []}
    for n in SIZES:
        gaps = {name: [] for name in found}
        for _ in range(RUNS):
            u = rng.random((n, 2))
            even = qmc.Sobol(2, seed=rng).random(n)
            controlled = control_variate(f(u), u.sum(axis=1), 1.0)
            gaps["plain"].append(np.mean(f(u)) - TRUTH)
            gaps["control"].append(controlled.value - TRUTH)
            gaps["Sobol"].append(np.mean(f(even)) - TRUTH)
        for name, gap in gaps.items():
            found[name].append(np.sqrt(np.mean(np.square(gap))))
    return {name: np.array(each) for name, each in found.items()}


def numbers():
    slopes = {
        name: np.polyfit(np.log(SIZES), np.log(each), 1)[0]
        for name, each in errors().items()
    }
    return {"slopes": slopes}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    for colour, (name, each) in zip(
        ("C0", "C2", "C1"), errors().items(), strict=True
    ):
        ax.loglog(SIZES, each, "o-", color=colour, ms=4, lw=1)
        ax.text(SIZES[-1] * 1.15, each[-1], name, color=colour, va="center")
    ax.loglog(SIZES, SIGMA / np.sqrt(SIZES), "--", color="C7", lw=1)
    ax.text(300, 0.11, "σ / √n", color="C7")
    ax.set(
        xlabel="number n of draws",
        ylabel="error of the mean",
        xlim=(SIZES[0] * 0.8, SIZES[-1] * 2.6),
    )
    return fig

"""The median error falls with the root of large n, given a variance."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from scipy.stats import norm

SIZES = np.array([10, 30, 100, 300, 1000, 3000])
RUNS = 400
HALF = norm.ppf(0.75)  # half of a Gaussian lies nearer to its mean


@functools.cache
def errors():
    """Median distance of a sample's centre from the truth."""
    rng = np.random.default_rng(0)
    found = {"exponential": [], "Cauchy": []}
    for n in SIZES:
        means = rng.exponential(size=(RUNS, n)).mean(axis=1)
        found["exponential"].append(np.median(np.abs(means - 1)))
        means = rng.standard_cauchy(size=(RUNS, n)).mean(axis=1)
        found["Cauchy"].append(np.median(np.abs(means)))
    return {name: np.array(each) for name, each in found.items()}


def numbers():
    logs = np.log(SIZES), np.log(errors()["exponential"])
    return {
        "slope": np.polyfit(*logs, 1)[0],
        "half": HALF,
        "cauchy": np.mean(errors()["Cauchy"]),
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    ax.loglog(SIZES, HALF / np.sqrt(SIZES), "--", color="C7", lw=1)
    ax.loglog(SIZES, errors()["exponential"], "o", color="C0")
    ax.loglog(SIZES, errors()["Cauchy"], "o", color="C1")
    ax.text(12, 0.075, "exponential", color="C0")
    ax.text(12, 1.35, "Cauchy", color="C1")
    ax.text(700, 0.04, "0.67 σ / √n", color="C7")
    ax.set(
        xlabel="size n of the sample",
        ylabel="median error of the mean",
        ylim=(0.008, 3),
    )
    return fig

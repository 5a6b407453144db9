"""Four times the terms, half the gap to the Gaussian."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from scipy.special import gammainc

from derivable.probability import Normal, normal_gap

N = 2 ** np.arange(1, 13)


def bound(p):
    return 0.4748 * (p**2 + (1 - p) ** 2) / np.sqrt(N * p * (1 - p))


def waiting(n):
    """Gap of a sum of n exponential numbers, whose cdf is known."""
    z = np.linspace(-4, 4, 4001)
    total = n + np.sqrt(n) * z
    cdf = gammainc(n, np.maximum(total, 0))
    return np.max(np.abs(cdf - Normal().cdf(z)))


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 4))
    for p, colour in ((0.5, "C0"), (0.1, "C1")):
        ax.loglog(N, [normal_gap(int(n), p) for n in N], "o-", color=colour)
        ax.loglog(N, bound(p), "--", color=colour, lw=1)
    ax.loglog(N, [waiting(n) for n in N], "s-", color="C2", ms=4)
    end = N[-1] * 1.15
    ax.text(end, normal_gap(int(N[-1]), 0.5) * 0.93, "coin, p = 1/2",
            color="C0", va="center")  # fmt: skip
    ax.text(end, normal_gap(int(N[-1]), 0.1) * 1.05, "coin, p = 1/10",
            color="C1", va="center")  # fmt: skip
    ax.text(end, waiting(N[-1]), "waiting times", color="C2",
            va="center")  # fmt: skip
    ax.text(60, bound(0.1)[5] * 1.15, "bounds", color="C7")
    ax.set(
        xlabel="number of terms n",
        ylabel="largest gap to the Gaussian cdf",
        xlim=(1.7, 40_000),
    )
    return fig

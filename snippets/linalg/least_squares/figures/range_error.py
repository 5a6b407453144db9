"""Two applications of A Aᵀ bring a random range near the best."""

import functools
import math

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import range_finder

M, N, P, TRIALS = 120, 100, 5, 20
KS = np.array([2, 5, 10, 15, 20, 30, 40, 50])
SIGMA = 1 / np.arange(1, N + 1)  # falls slowly: the hard case


@functools.cache
def errors():
    """Mean error over σ_{k+1}, one row for each q."""
    rng = np.random.default_rng(0)
    U = np.linalg.qr(rng.normal(size=(M, N)))[0]
    V = np.linalg.qr(rng.normal(size=(N, N)))[0]
    A = U * SIGMA @ V.T

    def one(k, q):
        Q = range_finder(A, k + P, rng=rng, num_power=q)
        return np.linalg.norm(A - Q @ (Q.T @ A), 2) / SIGMA[k]

    return np.array(
        [
            [np.mean([one(k, q) for _ in range(TRIALS)]) for k in KS]
            for q in (0, 1, 2)
        ]
    )


def bound(k, q):
    """Over σ_{k+1}, with all tails of σ in the power 2q + 1."""
    power = 2 * q + 1
    tail = math.sqrt(np.sum((SIGMA[k:] / SIGMA[k]) ** (2 * power)))
    first = 1 + math.sqrt(k / (P - 1))
    return (first + math.e * math.sqrt(k + P) / P * tail) ** (1 / power)


def numbers():
    found = errors()
    bounds = np.array([[bound(k, q) for k in KS] for q in (0, 1, 2)])
    return {
        "worst": found.max(axis=1),
        "share": found / bounds,
        "p": P,
        "shape": (M, N),
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 4.2))
    for q, colour in enumerate(("C1", "C0", "C2")):
        ax.plot(KS, [bound(k, q) for k in KS], "--", color=colour, lw=1)
        ax.plot(KS, errors()[q], "o", color=colour)
        for height, name in (
            (bound(50, q), f"bound, q = {q}"),
            ((2.12, 1.25, 0.99)[q], f"q = {q}"),
        ):
            style = {"va": "center", "size": "small", "color": colour}
            ax.text(51.5, height, name, **style)
    ax.set_yscale("log")
    ax.axhline(1, color="C7", lw=1)
    ax.text(
        12, 0.6, "below 1: there are k + p columns", color="C7", size="small"
    )
    ax.set(
        xlabel="k",
        ylabel="error / σₖ₊₁",
        yticks=[1, 2, 5, 10, 20],
        yticklabels=["1", "2", "5", "10", "20"],
        xlim=(0, 64),
    )
    ax.minorticks_off()
    return fig

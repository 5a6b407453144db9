"""Bias falls with the degree, variance rises in proportion to it."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import (
    decompose_error,
    fit_linear,
    polynomial_features,
)

NOISE, SETS, SIZE = 0.4, 200, 25
DEGREES = np.arange(1, 13)


@functools.cache
def parts():
    """Bias squared and variance, averaged over the places."""
    rng = np.random.default_rng(0)
    x = np.linspace(-1, 1, SIZE)
    truth = np.sin(4 * x) + x
    found = []
    for k in DEGREES:
        P = polynomial_features(x[:, None], int(k))
        fits = [
            fit_linear(P, truth + NOISE * rng.normal(size=SIZE)).predict(P)
            for _ in range(SETS)
        ]
        both = decompose_error(fits, truth)
        found.append([both.bias_squared.mean(), both.variance.mean()])
    return np.array(found).T


def brings():
    """How far bias squared falls with degrees 2 and 3, without noise."""
    x = np.linspace(-1, 1, SIZE)
    truth = np.sin(4 * x) + x
    left = []
    for k in (1, 2, 3):
        P = polynomial_features(x[:, None], k)
        left.append(np.mean((truth - fit_linear(P, truth).predict(P)) ** 2))
    return np.abs(np.diff(left))


def numbers():
    total = parts().sum(axis=0)
    return {
        "sets": SETS,
        "size": SIZE,
        "best": DEGREES[np.argmin(total)],
        "off": np.max(
            np.abs(parts()[1] / (NOISE**2 * (DEGREES + 1) / SIZE) - 1)
        ),
        "bias": parts()[0],
        "brings": brings(),
        "variance": parts()[1],
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.7))
    bias, variance = parts()
    ax.semilogy(DEGREES, bias, "o", color="C0", ms=4)
    ax.semilogy(DEGREES, variance, "o", color="C1", ms=4)
    ax.semilogy(DEGREES, bias + variance, "-", color="C2")
    ax.semilogy(
        DEGREES, NOISE**2 * (DEGREES + 1) / SIZE, "--", color="C7", lw=1
    )
    ax.text(5.3, 0.0015, "bias²", color="C0")
    ax.text(1.3, 0.008, "variance", color="C1")
    ax.text(2.6, 0.3, "together", color="C2")
    ax.text(8.6, 0.032, "σ² p / n, predicted", color="C7")
    ax.set(xlabel="degree", ylabel="mean over the places", ylim=(1e-4, 1))
    return fig

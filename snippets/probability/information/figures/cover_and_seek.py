"""D(p, q) covers both humps of the target, D(q, p) seeks one."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from scipy.optimize import minimize

from derivable.probability import discretized_gaussian, kl_divergence

X = np.linspace(-15, 15, 601)
WEIGHTS = np.array([0.6, 0.4])
TARGET = WEIGHTS @ [
    discretized_gaussian(X, -2, 0.8),
    discretized_gaussian(X, 3, 0.6),
]


def fit(start):
    """The Gaussian that seeks, from a mean."""
    found = minimize(
        lambda v: kl_divergence(
            discretized_gaussian(X, v[0], np.exp(v[1])), TARGET
        ),
        [start, 0.0],
        method="Nelder-Mead",
        options={"xatol": 1e-6, "fatol": 1e-9},
    )
    return discretized_gaussian(X, found.x[0], np.exp(found.x[1]))


@functools.cache
def fits():
    mean = TARGET @ X
    cover = discretized_gaussian(X, mean, np.sqrt(TARGET @ (X - mean) ** 2))
    return cover, fit(-1.0), fit(2.0)


def numbers():
    cover, left, right = fits()
    return {
        "target_at_top": TARGET[np.argmax(cover)] / TARGET.max(),
        "left": X[np.argmax(left)],
        "right": X[np.argmax(right)],
    }


def figure() -> Figure:
    h = X[1] - X[0]
    cover, left, right = fits()
    fig, ax = plt.subplots()
    ax.fill_between(X, TARGET / h, color="C7", alpha=0.25)
    ax.plot(X, cover / h, color="C0")
    ax.plot(X, left / h, color="C1")
    ax.plot(X, right / h, "--", color="C1")
    ax.text(-7.8, 0.1, "D(p ‖ q)\ncovers", color="C0")
    ax.text(-3.1, 0.46, "D(q ‖ p)\nseeks", color="C1", ha="right")
    ax.text(3.75, 0.5, "… from another\nstart", color="C1")
    ax.text(-2, 0.06, "target p", color="C7", ha="center")
    ax.set(xlabel="x", ylabel="density", xlim=(-8.8, 8.8), ylim=(0, 0.72))
    return fig

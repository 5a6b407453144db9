"""A Gaussian prior shrinks by a factor, a Laplace prior by an amount."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from scipy.optimize import minimize_scalar

from derivable.probability import log_likelihood

SIGMA, TAU, SCALE = 1.0, 1.0, 1.0
least_squares = np.linspace(-3, 3, 61)
PRIORS = {"gaussian": [0, TAU], "laplace": [0, SCALE]}


def top(y, family):
    """The highest point of the posterior, climbed."""

    def surprise(w):
        noise = log_likelihood([y - w], "gaussian", [0, SIGMA])
        return -noise - log_likelihood([w], family, PRIORS[family])

    return minimize_scalar(surprise, bounds=(-4, 4), method="bounded").x


@functools.cache
def tops(family):
    return np.array([top(y, family) for y in least_squares])


def numbers():
    zero = np.abs(least_squares[np.abs(tops("laplace")) < 1e-3])
    return {"threshold": zero.max()}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(5.6, 3.8))
    ax.plot(least_squares, least_squares, "--", color="C7", lw=1)
    ax.plot(least_squares, tops("gaussian"), color="C0")
    ax.plot(least_squares, tops("laplace"), color="C1")
    ax.text(1.1, 2.1, "no prior", color="C7", ha="right")
    ax.text(-3.3, -0.5, "Gaussian prior:", color="C0")
    ax.text(-3.3, -0.85, "ridge", color="C0")
    ax.text(0.3, -0.45, "Laplace prior: lasso", color="C1")
    ax.set(
        xlabel="least-squares estimate of a weight",
        ylabel="MAP estimate",
        xlim=(-3.4, 3.4),
    )
    return fig

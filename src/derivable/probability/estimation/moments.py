"""Covariance, correlation, and the error of an estimator.

Notation:
    x, y: paired numbers, shape (n,); n of them.
    ddof: what is taken off n before it divides.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import scaled, unscaled
from derivable.probability.estimation import _sample
from derivable.probability.estimation.records import BiasVariance


def covariance(x: ArrayLike, y: ArrayLike, *, ddof: int = 1) -> float:
    """Mean product of deviations; of x with itself, the variance.

    Args:
        x: a sample, shape (n,).
        y: its partners, shape (n,).
        ddof: 1 divides by n − 1, as an estimate; 0 by n, as a mean.

    Returns:
        Σ (xᵢ − x̄)(yᵢ − ȳ) / (n − ddof).

    Raises:
        TypeError: if an input is not real, or ddof not whole.
        ValueError: if lengths differ, n ≤ ddof, or the result is too
            large.

    Source:
        eq. `def:covariance` and `claim:bessel` of this book.
    """
    ddof = check.whole(ddof, "ddof")
    x, i = scaled(_sample.several(x, ddof + 1, "x"))
    y, j = scaled(check.of_shape(check.real(y, "y"), x.shape, "y"))

    dx, dy = x - np.mean(x), y - np.mean(y)
    c = dx @ dy / (len(x) - ddof)
    return float(unscaled(c, i + j, "the covariance"))


def correlation(x: ArrayLike, y: ArrayLike) -> float:
    """Covariance without units: the cosine between deviations.

    Args:
        x: a sample that varies, shape (n,).
        y: its partners, which vary too, shape (n,).

    Returns:
        ρ from −1 to 1.

    Raises:
        TypeError: if an input is not real.
        ValueError: if lengths differ, or all numbers of one are equal.

    Source:
        eq. `def:correlation` of this book.
    """
    x = _sample.several(x, 2, "x")
    y = check.of_shape(check.real(y, "y"), x.shape, "y")
    _sample.varied(x, "x")
    _sample.varied(y, "y")

    x, y = scaled(x)[0], scaled(y)[0]
    dx, dy = x - np.mean(x), y - np.mean(y)
    cosine = dx @ dy / np.linalg.norm(dx) / np.linalg.norm(dy)
    return float(np.clip(cosine, -1, 1))


def bias_variance(estimates: ArrayLike, truth: float) -> BiasVariance:
    """Bias, variance and mean squared error of an estimator.

    Args:
        estimates: one for each repetition, shape (r,).
        truth: what they estimate.

    Returns:
        The three, each measured by itself.

    Raises:
        TypeError: if an input is not real.
        ValueError: if estimates is no vector, or a result is too large.

    Source:
        eq. `claim:mse` of this book.
    """
    estimates = check.vector(estimates, "estimates")
    truth = check.number(truth, "truth")

    both, e = scaled([*estimates, truth])
    t, theta = both[:-1], both[-1]
    bias, variance = np.mean(t) - theta, np.mean((t - np.mean(t)) ** 2)
    mse = np.mean((t - theta) ** 2)
    return BiasVariance(
        float(unscaled(bias, e, "the bias")),
        float(unscaled(variance, 2 * e, "the variance")),
        float(unscaled(mse, 2 * e, "the mean squared error")),
    )

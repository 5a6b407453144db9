"""How wrong predictions are, and why.

Notation:
    y, y_hat: targets and predictions, shape (n,).
    F: predictions of many fits, one fit a row, shape (runs, m).
    f: the true mean of y at the same places, shape (m,).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array


def mean_squared_error(y: ArrayLike, y_hat: ArrayLike) -> float:
    """The mean of the squared residuals.

    Args:
        y: targets, shape (n,).
        y_hat: predictions, shape (n,); nothing is broadcast.

    Returns:
        Σ (y − ŷ)² / n.

    Raises:
        TypeError: if y or y_hat is not real.
        ValueError: if they are not two vectors of one length, an entry
            is not finite, or the error leaves float64.

    Source:
        eq. `def:mean-squared-error` of this book.
    """
    y, y_hat = check.real(y, "y"), check.real(y_hat, "y_hat")
    if y.ndim != 1 or y.shape != y_hat.shape:
        raise ValueError(
            "y and y_hat must be two vectors of one shape (n,), got "
            f"{y.shape} and {y_hat.shape}"
        )
    with np.errstate(over="ignore"):
        return check.number(np.mean((y - y_hat) ** 2), "the error")


@dataclass(frozen=True)
class ErrorParts:
    """Why fits are wrong, at each of m places.

    Attributes:
        bias_squared: (mean prediction − truth)², shape (m,).
        variance: mean squared distance of the predictions from their
            mean, shape (m,).
    """

    bias_squared: Array
    variance: Array

    @property
    def total(self) -> Array:
        """Mean squared distance from the truth, shape (m,)."""
        return self.bias_squared + self.variance


def decompose_error(predictions: ArrayLike, truth: ArrayLike) -> ErrorParts:
    """Split the error of many fits into bias and variance.

    Args:
        predictions: one fit a row, each of another data set, shape
            (runs, m) with runs ≥ 2.
        truth: the mean of y at the same m places, without its noise,
            shape (m,).

    Returns:
        Both parts at each place. With a finite number of runs, the bias
        squared is too large by the variance / (runs − 1) on average.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if there is one run, shapes do not match, or a part
            leaves float64.

    Source:
        eq. `claim:bias-variance` of this book.
    """
    F, f = check.matrix(predictions, "predictions"), check.real(truth, "truth")
    if len(F) < 2:
        raise ValueError(
            f"predictions must be of 2 runs or more, got {F.shape}"
        )
    if f.shape != F.shape[1:]:
        raise ValueError(f"truth must have shape {F.shape[1:]}, got {f.shape}")

    with np.errstate(over="ignore", invalid="ignore"):
        mean = np.mean(F, axis=0)
        bias = check.real((mean - f) ** 2, "the bias squared")
        spread = np.mean((F - mean) ** 2, axis=0)
    return ErrorParts(bias, check.real(spread, "the variance"))

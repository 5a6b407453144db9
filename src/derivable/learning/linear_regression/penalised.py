"""Fits whose weights have a price: ridge and lasso, as whole models.

Notation:
    X, y: features and targets, shapes (n, d) and (n,).
    Z, yc: features in their own units, targets about their mean.
    lam: λ > 0, the price; it is of the mean, whatever n is.
"""

import re

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.linear_regression._checks import centred, samples
from derivable.learning.linear_regression.model import LinearModel, in_units
from derivable.learning.linear_regression.scaling import fit_scaler
from derivable.linalg import ridge
from derivable.optimization import lasso


def fit_ridge(X: ArrayLike, y: ArrayLike, lam: float) -> LinearModel:
    """Minimise half the mean squared error + λ ‖u‖² / 2.

    The weights u are those of standardised columns; the intercept is
    free.

    Args:
        X: features, one sample a row, shape (n, d), also with n ≤ d.
        y: targets, shape (n,).
        lam: λ > 0, a pure number.

    Returns:
        The only minimiser, in the units of the data.

    Raises:
        TypeError: if X, y or lam is not real.
        ValueError: if lam is not positive, or vanishes beside dependent
            columns, y has not one entry for each row, a column is
            constant, or a number leaves float64.

    Source:
        Hoerl and Kennard (1970); eq. `def:penalised` of this book.
    """
    X, y = samples(X, y)
    lam = check.positive(lam, "lam")

    scaler, (yc, mean) = fit_scaler(X), centred(y)
    root = np.sqrt(len(y))  # the mean of squares is a sum over n
    u = _ridge(scaler.transform(X) / root, yc / root, lam)
    return in_units(scaler, u, mean)


def _ridge(Z: Array, yc: Array, lam: float) -> Array:
    """Weights of columns and targets over √n; errors speak of X."""
    try:
        return ridge(Z, yc, lam)
    except ValueError as error:
        said = str(error).replace("beside A, whose", "beside X, whose")
        raise ValueError(re.sub("^x must", "w must", said)) from None


def fit_lasso(X: ArrayLike, y: ArrayLike, lam: float) -> LinearModel:
    """Minimise half the mean squared error + λ ‖u‖₁.

    The weights u are those of standardised columns; the intercept is
    free.

    Args:
        X: features, one sample a row, shape (n, d), also with n ≤ d.
        y: targets, shape (n,).
        lam: λ > 0, in the units of y.

    Returns:
        A minimiser, in the units of the data; some weights are exactly
        0.

    Raises:
        TypeError: if X, y or lam is not real.
        ValueError: if lam is not positive, y has not one entry for each
            row, a column is constant, or a number leaves float64.
        ConvergenceError: if the lasso needs more than 1000 sweeps.

    Source:
        Tibshirani (1996); eq. `def:penalised` of this book.
    """
    X, y = samples(X, y)
    lam = check.positive(lam, "lam")

    scaler, (yc, mean) = fit_scaler(X), centred(y)
    with np.errstate(over="ignore"):  # a step over a price of nearly 0
        u = lasso(scaler.transform(X), yc, lam).w
    return in_units(scaler, u, mean)

"""A line, a plane, and so on: the model, and its least-squares fit.

Notation:
    X, y: features and targets, shapes (n, d) and (n,).
    Z, yc: features in their own units, targets about their mean.
    u: weights of Z, shape (d,).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.linear_regression._checks import centred, samples
from derivable.learning.linear_regression.scaling import (
    Scaler,
    columns,
    fit_scaler,
)
from derivable.linalg import qr_lstsq


@dataclass(frozen=True)
class LinearModel:
    """A fitted line, in the units of its data.

    Attributes:
        intercept: b, what it predicts where all features are 0.
        w: weights, one for each feature, shape (d,).
    """

    intercept: float
    w: Array

    def predict(self, X: ArrayLike) -> Array:
        """Predictions b + X w.

        Args:
            X: samples, one a row, shape (n, d).

        Returns:
            Shape (n,).

        Raises:
            TypeError: if X is not real.
            ValueError: if w is no vector, X has another number of
                columns, an entry is not finite, or a prediction leaves
                float64.

        Source:
            eq. `def:linear-model` of this book.
        """
        w = check.vector(self.w, "w")
        X = columns(X, len(w))
        with np.errstate(over="ignore", invalid="ignore"):
            return check.real(self.intercept + X @ w, "the prediction")


def fit_linear(X: ArrayLike, y: ArrayLike) -> LinearModel:
    """Least squares with an intercept, by QR of standardised columns.

    Args:
        X: features, one sample a row, shape (n, d) with n > d.
        y: targets, shape (n,).

    Returns:
        The only minimiser of the mean squared error.

    Raises:
        TypeError: if X or y is not real.
        ValueError: if y has not one entry for each row, there are no
            more samples than features, a column is constant, the
            columns and a column of ones are dependent to working
            precision, or a number leaves float64.

    Source:
        eq. `claim:centred` of this book.
    """
    X, y = samples(X, y)
    n, d = X.shape
    if n <= d:
        raise ValueError(
            f"X must have more samples than features, got {n} and {d}: "
            "many weights fit equally well; see fit_ridge"
        )
    scaler, (yc, mean) = fit_scaler(X), centred(y)
    Z = scaler.transform(X)
    if (r := precision.column_rank(Z)) < d:
        raise ValueError(
            f"X must have {d} columns that are independent of each other "
            f"and of a constant to working precision, got {r}: leave "
            "columns out, centre before taking powers, or see fit_ridge"
        )

    return in_units(scaler, qr_lstsq(Z, yc), mean)


def in_units(scaler: Scaler, u: Array, mean: float) -> LinearModel:
    """The model mean + (X − μ)/s · u, in the units of X."""
    with np.errstate(over="ignore", invalid="ignore"):
        w = check.real(u / scaler.scale, "w")
        b = check.number(mean - scaler.mean @ w, "the intercept")
    return LinearModel(b, w)

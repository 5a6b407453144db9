"""Columns in units of their own spread.

Notation:
    X: features, one sample a row, shape (n, d).
    mu, s: mean and standard deviation of each column, shape (d,).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array


@dataclass(frozen=True)
class Scaler:
    """The units that a set of samples gives to its columns.

    Attributes:
        mean: of each column, shape (d,).
        scale: standard deviation of each, with divisor n, shape (d,).
    """

    mean: Array
    scale: Array

    def transform(self, X: ArrayLike) -> Array:
        """Samples in these units, (X − mean) / scale.

        Args:
            X: old or new samples, shape (n, d).

        Returns:
            Shape (n, d).

        Raises:
            TypeError: if X is not real.
            ValueError: if a scale is not positive, X has another number
                of columns, an entry is not finite, or one of the result
                leaves float64.

        Source:
            eq. `def:standardise` of this book.
        """
        s = check.vector(self.scale, "scale")
        if np.min(s) <= 0:
            raise ValueError(f"scale must be positive, got {np.min(s)}")
        X, mu = columns(X, len(s)), check.of_shape(self.mean, s.shape, "mean")
        with np.errstate(over="ignore"):
            return check.real((X - mu) / s, "the scaled X")


def fit_scaler(X: ArrayLike) -> Scaler:
    """Measure mean and standard deviation of every column.

    Args:
        X: samples, one a row, shape (n, d) with n ≥ 2.

    Returns:
        The scaler, which knows these samples and no others.

    Raises:
        TypeError: if X is not real.
        ValueError: if X is no finite matrix, or a column is constant up
            to rounding, or varies by less than float64 can hold.

    Source:
        eq. `def:standardise` of this book.
    """
    X = check.matrix(X, "X")

    Z, e = precision.evened(X, 0)
    mu = np.mean(Z, axis=0)
    s = np.sqrt(np.mean((Z - mu) ** 2, axis=0))
    scale = np.ldexp(s, e[0])
    least = np.finfo(np.float64).tiny
    still = (s <= precision.rank_tolerance(X.shape)) | (scale < least)
    if still.any():
        j = int(np.argmax(still))
        raise ValueError(
            f"X must vary in every column, got column {j} with all "
            f"{len(X)} entries at {X[0, j]:g}, up to rounding"
        )
    return Scaler(np.ldexp(mu, e[0]), scale)


def columns(X: ArrayLike, d: int) -> Array:
    """A finite matrix of d columns."""
    X = check.matrix(X, "X")
    if X.shape[1] != d:
        raise ValueError(f"X must have {d} columns, got shape {X.shape}")
    return X

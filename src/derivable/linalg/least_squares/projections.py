"""The projection onto the columns of a matrix, and what it leaves.

Notation:
    A: columns that span a subspace, shape (m, n).
    P: the projector onto it, shape (m, m).
    y, y_hat: targets and predictions, shape (n,).
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array


def projector(A: ArrayLike) -> Array:
    """The matrix that sends b to the nearest combination of columns.

    Args:
        A: columns, dependent or not, shape (m, n). Which directions
            they span is decided with every column brought to one size,
            singular values up to max(m, n) ε of the largest being zero.

    Returns:
        P = P² = Pᵀ, shape (m, m); 0 if A is zero.

    Raises:
        TypeError: if A is not real.
        ValueError: if A is not a finite matrix.

    Source:
        eq. `claim:projector` of this book.
    """
    A, _ = precision.evened(check.matrix(A), 0)

    U, s, _ = np.linalg.svd(A, full_matrices=False)
    Q = U[:, : precision.numerical_rank(s, A.shape)]
    return np.asarray(Q @ Q.T)


def r_squared(y: ArrayLike, y_hat: ArrayLike) -> float:
    """Share of the squares about the mean that the predictions remove.

    Args:
        y: targets, not all equal, shape (n,) with n ≥ 2.
        y_hat: predictions, shape (n,).

    Returns:
        R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)², at most 1, negative for
        predictions that are worse than the mean.

    Raises:
        TypeError: if y or y_hat is not real.
        ValueError: if the shapes differ, an entry is not finite, the
            targets are equal up to rounding, or R² leaves float64.

    Source:
        eq. `def:r-squared` of this book.
    """
    y, y_hat = check.vector(y, "y"), check.vector(y_hat, "y_hat")
    if y.shape != y_hat.shape:
        raise ValueError(f"y_hat must have shape {y.shape}, got {y_hat.shape}")

    y, e = precision.scaled(y)
    spread = precision.norm(y - np.mean(y))
    if spread <= precision.rank_tolerance(y.shape) * precision.norm(y):
        raise ValueError(f"y must vary, got {len(y)} equal targets")
    with np.errstate(over="ignore"):
        left = check.real(y - np.ldexp(y_hat, -e), "(y − y_hat) / |y|")
        ratio = precision.norm(left) / spread
        return check.number(1 - np.square(ratio), "R²")  # eq. def:r-squared

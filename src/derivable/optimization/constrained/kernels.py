"""Dot products of features, for a support vector machine.

Notation:
    A, B: samples, one a row, shapes (m, d) and (n, d).
    K: K[i, j] = k(A[i], B[j]), shape (m, n).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array

Kernel = Callable[[Array, Array], Array]


def linear_kernel(A: ArrayLike, B: ArrayLike) -> Array:
    """The dot products A Bᵀ.

    Args:
        A: samples, shape (m, d).
        B: samples, shape (n, d).

    Returns:
        K, shape (m, n).

    Raises:
        ValueError: if A and B have other numbers of columns.
    """
    A, B = _both(A, B)
    return np.asarray(A @ B.T)


def rbf_kernel(gamma: float) -> Kernel:
    """The Gaussian kernel exp(−γ ‖a − b‖²), as a function of A and B.

    Args:
        gamma: γ, positive; one over twice the squared width.

    Returns:
        A function of samples (m, d) and (n, d) with values (m, n).

    Raises:
        ValueError: if gamma is not positive.

    Source:
        eq. `def:rbf` of this book.
    """
    gamma = check.positive(gamma, "gamma")

    def kernel(A: ArrayLike, B: ArrayLike) -> Array:
        A, B = _both(A, B)
        squares = np.sum(A * A, 1)[:, None] + np.sum(B * B, 1) - 2 * A @ B.T
        return np.asarray(np.exp(-gamma * np.maximum(squares, 0)))

    return kernel


def _both(A: ArrayLike, B: ArrayLike) -> tuple[Array, Array]:
    A, B = check.matrix(A, "A"), check.matrix(B, "B")
    if A.shape[1] != B.shape[1]:
        raise ValueError(
            f"A and B must have as many columns, got {A.shape} and {B.shape}"
        )
    return A, B

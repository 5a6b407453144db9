"""The same map, and the same form, in another basis.

Notation:
    A: a map or a form in the old coordinates, shape (n, n).
    S: the new basis vectors as columns, shape (n, n); x = S x'.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array


def similarity(A: ArrayLike, S: ArrayLike) -> Array:
    """The matrix of a map in the basis of S's columns, S⁻¹AS.

    Args:
        A: the map in the old coordinates, shape (n, n).
        S: the new basis vectors as columns, shape (n, n).

    Returns:
        S⁻¹AS, shape (n, n), with the eigenvalues of A.

    Raises:
        TypeError: if A or S is not real.
        ValueError: if A or S is not square, the shapes differ, the
            columns of S are dependent to working precision, an entry is
            not finite, or one of the result is too large.

    Source:
        eq. `claim:similar` of this book.
    """
    A, S = _pair(check.square(A), S)

    (A, e), (S, f) = precision.scaled(A), precision.evened(S, 0)
    return precision.unscaled(np.linalg.solve(S, A @ S), e + f - f.T, "S⁻¹AS")


def congruence(A: ArrayLike, S: ArrayLike) -> Array:
    """The matrix of a quadratic form in the basis of S's columns, SᵀAS.

    Args:
        A: symmetric, the form xᵀAx in the old coordinates, shape (n, n).
        S: the new basis vectors as columns, shape (n, n).

    Returns:
        SᵀAS, symmetric, shape (n, n), with as many positive, negative
        and zero eigenvalues as A.

    Raises:
        TypeError: if A or S is not real.
        ValueError: if A is not symmetric, S not square, the shapes
            differ, the columns of S are dependent to working precision,
            an entry is not finite, or one of the result is too large.

    Source:
        eq. `claim:congruent` of this book.
    """
    A, S = _pair(check.symmetric(A), S)

    (A, e), (S, f) = precision.scaled(A), precision.evened(S, 0)
    B = S.T @ A @ S  # eq. def:similar
    return precision.unscaled((B + B.T) / 2, e + f + f.T, "SᵀAS")


def _pair(A: Array, S: ArrayLike) -> tuple[Array, Array]:
    S = check.square(S, "S")
    if S.shape != A.shape:
        raise ValueError(f"S must have shape {A.shape}, got {S.shape}")
    r = precision.column_rank(S)
    if r < len(S):
        raise ValueError(f"S must have {len(S)} independent columns, got {r}")
    return A, S

"""What rounding does to a decision, in one place.

A decision after floating-point arithmetic is relative to the scale of its
data: the same matrix in other units has the same rank, the same vector in
other units the same direction.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable._validation import Array, real

EPS = float(np.finfo(np.float64).eps)


def scaled(x: ArrayLike) -> tuple[Array, int]:
    """The pair (x / 2ᵉ, e) with the largest entry in [1/2, 1).

    Division by a power of two rounds nothing but what underflows beside the
    largest entry. Zeros stay zeros, with e = 0.
    """
    values = np.asarray(x, dtype=np.float64)
    e = int(np.frexp(np.max(np.abs(values), initial=0.0))[1])
    return np.ldexp(values, -e), e


def unscaled(y: ArrayLike, e: int, name: str) -> Array:
    """The numbers y 2ᵉ; what is too small for float64 becomes 0.

    Raises:
        ValueError: if one of them is too large.
    """
    with np.errstate(over="ignore"):
        return real(np.ldexp(np.asarray(y, dtype=np.float64), e), name)


def norm(x: ArrayLike) -> float:
    """The root of the sum of squares, where a square may leave float64.

    ‖x‖ over all entries, whatever the shape; infinite only if the norm
    itself is too large for a float64.
    """
    y, e = scaled(x)
    with np.errstate(over="ignore"):
        return float(np.ldexp(np.linalg.norm(y.ravel()), e))


def rank_tolerance(shape: tuple[int, ...]) -> float:
    """The share of the largest singular value that counts as zero.

    For a matrix of shape (m, n) it is max(m, n) ε, with ε = 2⁻⁵².
    """
    return max(shape) * EPS


def numerical_rank(s: ArrayLike, shape: tuple[int, ...]) -> int:
    """How many singular values s, largest first, are not rounding.

    Args:
        s: singular values in descending order, shape (min(m, n),).
        shape: (m, n) of their matrix.

    Returns:
        The number of values above `rank_tolerance(shape)` times the first.

    Source:
        Golub and Van Loan, Matrix Computations, section 5.4.1.
    """
    values = np.asarray(s, dtype=np.float64)
    return int(np.sum(values > rank_tolerance(shape) * values[0]))

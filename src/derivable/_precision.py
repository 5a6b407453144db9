"""What rounding does to a decision, in one place.

A decision after floating-point arithmetic is relative to the scale of its
data: the same matrix in other units has the same rank, the same vector in
other units the same direction.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable._validation import Array, real

EPS = float(np.finfo(np.float64).eps)
SAFE = 2.0**900  # squares are exact in a sum up to this, down to 1 / this


def scaled(x: ArrayLike) -> tuple[Array, int]:
    """The pair (x / 2ᵉ, e) with the largest entry in [1/2, 1).

    Division by a power of two rounds nothing but what underflows beside the
    largest entry. Zeros stay zeros, with e = 0.
    """
    values = np.asarray(x, dtype=np.float64)
    e = int(np.frexp(np.max(np.abs(values), initial=0.0))[1])
    return np.ldexp(values, -e), e


def unscaled(y: ArrayLike, e: ArrayLike, name: str) -> Array:
    """The numbers y 2ᵉ; what is too small for float64 becomes 0.

    Raises:
        ValueError: if one of them is too large.
    """
    with np.errstate(over="ignore"):
        return real(np.ldexp(np.asarray(y, dtype=np.float64), e), name)


def evened(x: ArrayLike, axis: int) -> tuple[Array, Array]:
    """`scaled` for each vector along an axis: the pair (x / 2ᵉ, e).

    The exponents e have length 1 along the axis.
    """
    values = np.asarray(x, dtype=np.float64)
    largest = np.max(np.abs(values), axis=axis, keepdims=True)
    e = np.asarray(np.frexp(largest)[1])
    return np.ldexp(values, -e), e


def norm(x: ArrayLike) -> float:
    """The root of the sum of squares, where a square may leave float64.

    ‖x‖ over all entries, whatever the shape; infinite only if the norm
    itself is too large for a float64.
    """
    y, e = np.ravel(np.asarray(x, dtype=np.float64)), 0
    with np.errstate(over="ignore", under="ignore"):
        squares = float(np.sum(np.square(y)))
        if not 1 / SAFE <= squares <= SAFE:
            y, e = scaled(y)
            squares = float(np.sum(np.square(y)))
        return float(np.ldexp(np.sqrt(squares), e))


def rank_tolerance(shape: tuple[int, ...]) -> float:
    """The share of the largest singular value that counts as zero.

    For a matrix of shape (m, n) it is max(m, n) ε, with ε = 2⁻⁵².
    """
    return max(shape) * EPS


def numerical_rank(
    s: ArrayLike, shape: tuple[int, ...], *, rtol: float | None = None
) -> int:
    """How many singular values s, largest first, are not rounding.

    Args:
        s: singular values in descending order, shape (min(m, n),).
        shape: (m, n) of their matrix.
        rtol: the share of the largest that counts as zero; default
            `rank_tolerance(shape)`.

    Returns:
        The number of values above rtol times the first.

    Source:
        Golub and Van Loan, Matrix Computations, section 5.4.1.
    """
    values = np.asarray(s, dtype=np.float64)
    share = rank_tolerance(shape) if rtol is None else rtol
    return int(np.sum(values > share * values[0]))


def matrix_rank(A: ArrayLike, *, rtol: float | None = None) -> int:
    """`numerical_rank` of a matrix of shape (m, n), in its own units."""
    B, _ = scaled(A)
    s = np.linalg.svd(B, compute_uv=False)
    return numerical_rank(s, B.shape, rtol=rtol)


def column_rank(A: ArrayLike) -> int:
    """The rank of A with every column brought to one size.

    Whether columns are independent does not depend on their units: those
    of diag(1, 10⁻²⁰) are, though its `matrix_rank` is 1.
    """
    return matrix_rank(evened(A, 0)[0])


def system_rank(A: ArrayLike) -> int:
    """The rank of A with its rows, then its columns brought to one size.

    Whether Ax = b has one solution depends neither on the units of the
    equations nor on those of the unknowns.
    """
    return column_rank(evened(A, 1)[0])

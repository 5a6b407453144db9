"""Gaussian elimination, and what comes out of it.

Notation:
    A: a square matrix, shape (n, n).
    L, U: its lower and upper triangular factor, shape (n, n).
    perm: the order of its rows, shape (n,).
    k: the column that is being eliminated.
    b, x: right-hand side and solution, shape (n,) or (n, r).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array


@dataclass(frozen=True)
class LU:
    """Factors of a square matrix: A[perm] = L U.

    Attributes:
        perm: the order in which the rows were used, shape (n,).
        L: lower triangular with ones on the diagonal, shape (n, n).
        U: upper triangular, shape (n, n); its diagonal has the pivots.
        sign: 1 after an even number of exchanges, −1 after an odd one.
        rank: how many equations are independent, whatever their units,
            up to rounding; below n a system has no single solution.
    """

    perm: NDArray[np.intp]
    L: Array
    U: Array
    sign: int
    rank: int


def lu(A: ArrayLike, *, pivot: bool = True) -> LU:
    """Factor A by Gaussian elimination with partial pivoting.

    Args:
        A: matrix, shape (n, n); it may be singular.
        pivot: whether to bring the largest entry of a column to the top
            before it is eliminated. Without, elimination is unstable.

    Returns:
        The factors. A singular matrix has them too; that it is singular
        is in its rank, since rounding can hide a pivot of zero.

    Raises:
        TypeError: if A is not real or pivot is neither True nor False.
        ValueError: if A is not square, empty or not finite, if a pivot
            is zero where rows may not be exchanged, or on overflow.

    Source:
        eq. `claim:lu` of this book; Golub and Van Loan, section 3.4.
    """
    U, pivot = check.square(A), check.flag(pivot, "pivot")
    n, rank = len(U), precision.system_rank(U)
    perm, L, sign = np.arange(n), np.eye(n), 1
    for k in range(n - 1):
        p = k + int(np.argmax(np.abs(U[k:, k]))) if pivot else k
        if p != k:
            U[[k, p]] = U[[p, k]]
            L[[k, p], :k] = L[[p, k], :k]
            perm[[k, p]] = perm[[p, k]]
            sign = -sign
        _eliminate(L, U, k)
    return LU(perm, L, U, sign, rank)


def _eliminate(L: Array, U: Array, k: int) -> None:
    """Subtract multiples of row k, so that column k is zero below it."""
    if not U[k + 1 :, k].any():
        return
    if U[k, k] == 0:
        raise ValueError(f"pivot {k} must not be zero, got 0: exchange rows")
    with np.errstate(over="ignore", invalid="ignore"):
        L[k + 1 :, k] = U[k + 1 :, k] / U[k, k]
        U[k + 1 :, k + 1 :] -= np.outer(L[k + 1 :, k], U[k, k + 1 :])
    U[k + 1 :, k] = 0
    if not (np.isfinite(U).all() and np.isfinite(L).all()):
        raise ValueError(f"elimination overflows at pivot {U[k, k]:g}")


def lu_solve(factors: LU, b: ArrayLike) -> Array:
    """Solve A x = b with the factors of A.

    Args:
        factors: what `lu(A)` returned, for A of shape (n, n).
        b: one right-hand side, shape (n,), or r of them, shape (n, r).

    Returns:
        x, shape of b.

    Raises:
        TypeError: if factors is no `LU` or b is not real.
        ValueError: if b has not n rows or is not finite, if A is
            singular up to rounding, or on overflow.

    Source:
        eq. `claim:substitution` of this book.
    """
    perm, L, U = _invertible(factors)
    b, n = check.real(b, "b"), len(perm)
    if b.ndim not in {1, 2} or len(b) != n:
        raise ValueError(f"b must have {n} rows, got shape {b.shape}")

    x = b[perm]
    with np.errstate(over="ignore", invalid="ignore"):
        for i in range(n):
            x[i] -= L[i, :i] @ x[:i]
        for i in reversed(range(n)):
            x[i] = (x[i] - U[i, i + 1 :] @ x[i + 1 :]) / U[i, i]
    return check.real(x, "the solution")


def _invertible(factors: LU) -> tuple[NDArray[np.intp], Array, Array]:
    """The parts of factors that solve a system."""
    if not isinstance(factors, LU):
        kind = type(factors).__name__
        raise TypeError(f"factors must be what lu returns, got {kind}")
    perm, L, U = factors.perm, factors.L, factors.U
    if zero := np.flatnonzero(np.diag(U) == 0).tolist():
        raise ValueError(f"A must be invertible, got pivot {zero[0]} = 0")
    _full_rank(factors.rank, len(U), "invertible")
    return perm, L, U


def determinant(A: ArrayLike) -> float:
    """Determinant of A: the signed product of its pivots.

    Args:
        A: matrix, shape (n, n).

    Returns:
        The factor by which A multiplies signed volumes; 0 also if it is
        too small for a float.

    Raises:
        TypeError: if A is not real.
        ValueError: if A is not square, empty or not finite, or if the
            determinant is too large for a float.

    Source:
        eq. `claim:det-pivots` of this book.
    """
    factors = lu(A)
    det, e = float(factors.sign), 0
    for pivot in np.diag(factors.U):
        det, shift = math.frexp(det * math.frexp(pivot)[0])
        e += shift + math.frexp(pivot)[1]
    try:
        return math.ldexp(det, e) + 0.0  # NB: not −0
    except OverflowError:
        raise ValueError(
            f"the determinant overflows, got {det:.3g} · 2^{e}: use "
            "np.linalg.slogdet"
        ) from None


def inverse(A: ArrayLike) -> Array:
    """Inverse of A, one solution for each column of the identity.

    Args:
        A: matrix, shape (n, n).

    Returns:
        A⁻¹, shape (n, n). To solve a system, use `lu_solve` instead.

    Raises:
        TypeError: if A is not real.
        ValueError: if A is not square, empty, not finite, or singular
            up to rounding, or on overflow.

    Source:
        eq. `def:inverse` of this book.
    """
    factors = lu(A)
    return lu_solve(factors, np.eye(len(factors.perm)))


def cholesky(A: ArrayLike) -> Array:
    """Factor a symmetric positive definite matrix: A = L Lᵀ.

    Args:
        A: symmetric positive definite matrix, shape (n, n).

    Returns:
        L, lower triangular with a positive diagonal, shape (n, n).

    Raises:
        TypeError: if A is not real.
        ValueError: if A is not square, empty, not finite, not symmetric
            to 1e-10 of its largest entry, or not positive definite by
            more than rounding.

    Source:
        eq. `claim:cholesky` of this book.
    """
    A = check.symmetric(A)
    L = np.zeros_like(A)
    for k in range(len(A)):
        d = A[k, k] - L[k, :k] @ L[k, :k]
        if d <= 0:
            raise ValueError(
                f"A must be positive definite, got pivot {k} = {d:g}"
            )
        L[k, k] = np.sqrt(d)
        L[k + 1 :, k] = (A[k + 1 :, k] - L[k + 1 :, :k] @ L[k, :k]) / L[k, k]
    _full_rank(precision.system_rank(A), len(A), "positive definite")
    return L


def _full_rank(rank: int, n: int, rule: str) -> None:
    if rank < n:
        raise ValueError(
            f"A must be {rule}, got rank {rank} of {n}, up to rounding"
        )

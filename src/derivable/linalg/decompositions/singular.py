"""The singular value decomposition and what it answers.

Notation:
    A: any matrix, shape (m, n).
    U, s, Vt: A = U diag(s) Vt, s largest first.
    r: the rank: how many singular values count as more than zero.
    k: how many singular values are kept.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import numerical_rank, scaled, unscaled
from derivable._validation import Array

SMALLEST = 2.0**-1020  # the inverse of a smaller number may overflow


def gram_svd(A: ArrayLike) -> tuple[Array, Array, Array]:
    """The SVD as its existence proof builds it, from AᵀA.

    NB: it shows the idea. AᵀA squares the condition number, so singular
    values below √ε σ₁ are lost, and columns i and j of U are orthogonal
    up to ε σ₁² / (σᵢ σⱼ) only; use `np.linalg.svd`.

    Args:
        A: any matrix but zero, shape (m, n).

    Returns:
        U, shape (m, r), s, shape (r,), and Vt, shape (r, n), for the r
        singular values above √(max(m, n) ε) σ₁.

    Raises:
        ValueError: if A is zero: no direction is stretched.

    Source:
        eq. `claim:svd` of this book.
    """
    A, e = scaled(check.matrix(A))  # NB: squares of A itself may overflow
    if not A.any():
        raise ValueError(f"A must not be zero, got {A.shape} zeros")

    lam, V = np.linalg.eigh(A.T @ A)
    lam, V = lam[::-1], V[:, ::-1]  # largest first
    r = numerical_rank(lam, A.shape)
    s, V = np.sqrt(lam[:r]), V[:, :r]
    return A @ V / s, unscaled(s, e, "σ"), V.T


@dataclass(frozen=True)
class Subspaces:
    """Orthonormal bases of the four subspaces, one vector a column.

    Attributes:
        row: where A sees something, shape (n, r).
        null: what A sends to 0, shape (n, n − r).
        column: what A can reach, shape (m, r).
        left_null: what A cannot reach, shape (m, m − r).
    """

    row: Array
    null: Array
    column: Array
    left_null: Array


def subspaces(A: ArrayLike, *, rtol: float | None = None) -> Subspaces:
    """Bases of row, null, column and left null space of A.

    Args:
        A: any matrix, shape (m, n).
        rtol: singular values up to rtol · σ₁ count as zero, in [0, 1);
            default max(m, n) ε.

    Returns:
        Four orthonormal bases; the rank is the number of columns of
        the first.

    Raises:
        ValueError: if rtol is not in [0, 1).

    Source:
        eq. `claim:four-subspaces` of this book.
    """
    A, _ = scaled(check.matrix(A))
    U, s, Vt = np.linalg.svd(A)
    r = _rank(s, A.shape, rtol)
    return Subspaces(Vt[:r].T, Vt[r:].T, U[:, :r], U[:, r:])


def pseudo_inverse(A: ArrayLike, *, rtol: float | None = None) -> Array:
    """The Moore–Penrose inverse: invert what A stretches, forget the rest.

    Args:
        A: any matrix, shape (m, n).
        rtol: singular values up to rtol · σ₁ count as zero, in [0, 1);
            default max(m, n) ε.

    Returns:
        A⁺, shape (n, m): A⁺ b is the shortest of all least squares
        solutions of A x = b.

    Raises:
        ValueError: if rtol is not in [0, 1), or A⁺ is too large for a
            float64.

    Source:
        eq. `def:pseudo-inverse` of this book.
    """
    A, e = scaled(check.matrix(A))
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    r = _rank(s, A.shape, rtol)
    return unscaled((Vt[:r].T / s[:r]) @ U[:, :r].T, -e, "A⁺")


def low_rank(A: ArrayLike, k: int) -> Array:
    """A matrix of rank k or less that is closest to A.

    Args:
        A: any matrix, shape (m, n).
        k: the rank, in 1 to min(m, n).

    Returns:
        U[:, :k] diag(s[:k]) Vt[:k], shape (m, n); if σₖ = σₖ₊₁ > 0,
        one of many that are equally close in the Frobenius norm.

    Raises:
        TypeError: if k is not an integer.
        ValueError: if k is out of range.

    Source:
        Eckart and Young (1936); eq. `claim:eckart-young` of this book.
    """
    A = check.matrix(A)
    k = check.whole(k, "k", least=1, most=min(A.shape))
    A, e = scaled(A)
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return unscaled(U[:, :k] * s[:k] @ Vt[:k], e, "A_k")


def _rank(s: Array, shape: tuple[int, ...], rtol: float | None) -> int:
    if rtol is None:
        return numerical_rank(s, shape)
    share = check.fraction(rtol, "rtol")
    return int(np.sum(s > max(share * s[0], SMALLEST)))

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
from derivable._precision import EPS
from derivable._validation import Array


def gram_svd(A: ArrayLike) -> tuple[Array, Array, Array]:
    """The SVD as its existence proof builds it, from AᵀA.

    NB: it shows the idea. AᵀA squares the condition number, so singular
    values below √ε σ₁ are lost; use `np.linalg.svd`.

    Args:
        A: any matrix but zero, shape (m, n).

    Returns:
        U, shape (m, r), s, shape (r,), and Vt, shape (r, n), for the r
        singular values above √(n ε) σ₁.

    Raises:
        ValueError: if A is zero: no direction is stretched.

    Source:
        eq. `claim:svd` of this book.
    """
    A = check.matrix(A)
    scale = np.max(np.abs(A))
    if scale == 0:
        raise ValueError(f"A must not be zero, got {A.shape} zeros")

    A = A / scale  # NB: squares of A itself may overflow
    lam, V = np.linalg.eigh(A.T @ A)
    lam, V = lam[::-1], V[:, ::-1]  # largest first
    kept = lam > A.shape[1] * EPS * lam[0]
    s, V = np.sqrt(lam[kept]), V[:, kept]
    return A @ V / s, scale * s, V.T


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
    A = check.matrix(A)
    U, s, Vt = np.linalg.svd(A / _scale(A))
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
        ValueError: if rtol is not in [0, 1).

    Source:
        eq. `def:pseudo-inverse` of this book.
    """
    A = check.matrix(A)
    scale = _scale(A)
    U, s, Vt = np.linalg.svd(A / scale, full_matrices=False)
    r = _rank(s, A.shape, rtol)
    return np.asarray((Vt[:r].T / s[:r]) @ U[:, :r].T / scale)


def low_rank(A: ArrayLike, k: int) -> Array:
    """The matrix of rank k or less that is closest to A.

    Args:
        A: any matrix, shape (m, n).
        k: the rank, in 1 to min(m, n).

    Returns:
        U[:, :k] diag(s[:k]) Vt[:k], shape (m, n).

    Raises:
        TypeError: if k is not an integer.
        ValueError: if k is out of range.

    Source:
        Eckart and Young (1936); eq. `claim:eckart-young` of this book.
    """
    A = check.matrix(A)
    k = check.whole(k, "k", least=1, most=min(A.shape))
    scale = _scale(A)
    U, s, Vt = np.linalg.svd(A / scale, full_matrices=False)
    return np.asarray(scale * (U[:, :k] * s[:k] @ Vt[:k]))


def _scale(A: Array) -> float:
    return float(np.max(np.abs(A))) or 1.0


def _rank(s: Array, shape: tuple[int, ...], rtol: float | None) -> int:
    share = max(shape) * EPS if rtol is None else check.fraction(rtol, "rtol")
    return int(np.sum(s > share * s[0]))

"""Spans, bases and coordinates, by orthogonal directions.

Notation:
    A: vectors as columns, shape (m, n).
    Q: orthonormal columns, QᵀQ = I.
    R: upper triangular, A = QR.
    c: a vector to be combined, shape (m,).
    w: weights of a combination, shape (n,).
    r: what is left of a vector, orthogonal to what was taken out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.linalg.vectors.products import norm

EPS = float(np.finfo(np.float64).eps)


def gram_schmidt(
    A: ArrayLike, *, method: str = "modified", passes: int = 1
) -> tuple[Array, Array]:
    """Orthonormal vectors with the same spans as the columns of A.

    Args:
        A: independent columns, shape (m, n) with m ≥ n.
        method: "modified" subtracts each projection from what is left,
            "classical" computes all of them from the column itself.
        passes: how often each column is cleaned; 2 mends the rounding.

    Returns:
        Q, shape (m, n), with orthonormal columns, and R, shape (n, n),
        upper triangular with positive diagonal, so that A = QR.

    Raises:
        TypeError: if A is not real.
        ValueError: if A is not a finite matrix, a column is a
            combination of those before it to working precision, method
            is not one of the two, or passes is not 1 or more.

    Source:
        eq. `claim:gram-schmidt` of this book.
    """
    A = check.matrix(A)
    if method not in CLEAN:
        raise ValueError(f"method must be one of {[*CLEAN]}, got {method!r}")
    m, n = A.shape
    if n > m:
        raise ValueError(f"A must not be wider than high, got {A.shape}")
    if passes < 1:
        raise ValueError(f"passes must be at least 1, got {passes}")

    Q, R = np.zeros((m, n)), np.zeros((n, n))
    for j in range(n):
        r = A[:, j].copy()
        for _ in range(passes):
            r, taken = CLEAN[method](Q[:, :j], r)
            R[:j, j] += taken
        R[j, j] = norm(r)
        if R[j, j] <= m * EPS * norm(A[:, j]):
            raise ValueError(
                "columns must be independent, got column "
                f"{j} with {R[j, j]:.1e} left of it"
            )
        Q[:, j] = r / R[j, j]
    return Q, R


def _classical(Q: Array, a: Array) -> tuple[Array, Array]:
    taken = Q.T @ a
    return a - Q @ taken, taken


def _modified(Q: Array, a: Array) -> tuple[Array, Array]:
    taken = np.zeros(Q.shape[1])
    for i, q in enumerate(Q.T):
        taken[i] = q @ a
        a = a - taken[i] * q
    return a, taken


CLEAN = {"modified": _modified, "classical": _classical}


def rank(A: ArrayLike, *, rtol: float | None = None) -> int:
    """The number of independent columns.

    Args:
        A: vectors as columns, shape (m, n).
        rtol: what is left of a column counts as zero if it is at most
            rtol times the longest column; default 10 max(m, n) ε.

    Returns:
        The dimension of the span, from 0 to min(m, n).

    Raises:
        TypeError: if A is not real.
        ValueError: if A is not a finite matrix or rtol is negative.

    Source:
        eq. `def:column-rank` of this book.
    """
    A = check.matrix(A)
    return len(_basis(A, _tolerance(A, rtol)))


@dataclass(frozen=True)
class Combination:
    """The combination of columns that comes nearest to a vector.

    Attributes:
        exact: whether it reaches the vector, to the tolerance.
        weights: one for each column, shape (n,); 0 for a column that
            the others make superfluous.
        unique: whether no other weights give the same vector.
        residual: distance that is left.
    """

    exact: bool
    weights: Array
    unique: bool
    residual: float


def combination(
    A: ArrayLike, c: ArrayLike, *, rtol: float | None = None
) -> Combination:
    """Is c a combination of the columns of A?

    Args:
        A: vectors as columns, shape (m, n).
        c: vector, shape (m,).
        rtol: columns are independent as in `rank`; c is reached if the
            residual is at most rtol times ‖c‖ + Σ |wⱼ| ‖aⱼ‖.

    Returns:
        Verdict and weights; the nearest combination if none is exact.

    Raises:
        TypeError: if A or c is not real.
        ValueError: if A is not a finite matrix, c has not one entry for
            each row, or rtol is negative.

    Source:
        eq. `def:combination` of this book.
    """
    A, c = check.matrix(A), check.vector(c, "c")
    if len(c) != len(A):
        raise ValueError(f"c must have shape ({len(A)},), got {c.shape}")
    rtol = _tolerance(A, rtol)

    chosen = _basis(A, rtol)
    w = np.zeros(A.shape[1])
    if chosen:
        w[chosen] = _weights(A[:, chosen], c)
    left = norm(c - A @ w)
    summed = norm(c) + float(np.abs(w) @ _lengths(A))
    return Combination(
        exact=left <= rtol * summed,
        weights=w,
        unique=len(chosen) == A.shape[1],
        residual=left,
    )


def coordinates(B: ArrayLike, x: ArrayLike) -> Array:
    """The weights of a vector in a basis.

    Args:
        B: the basis vectors as columns, shape (n, n).
        x: vector, shape (n,).

    Returns:
        w with x = B w, shape (n,).

    Raises:
        TypeError: if B or x is not real.
        ValueError: if B is not square or its columns are dependent to
            working precision, an entry is not finite, or x has not one
            entry for each column.

    Source:
        eq. `def:coordinates` of this book.
    """
    B, x = check.square(B, "B"), check.vector(x)
    if len(x) != len(B):
        raise ValueError(f"x must have shape ({len(B)},), got {x.shape}")
    if rank(B) < len(B):
        raise ValueError(
            f"B must have {len(B)} independent columns, got {rank(B)}"
        )

    return _weights(B, x)


def _basis(A: Array, rtol: float) -> list[int]:
    """Columns that span all of them, the longest remainder first."""
    lengths = _lengths(A)
    floor = rtol * float(lengths.max())
    left, Q = A.copy(), np.zeros((len(A), 0))
    chosen: list[int] = []
    while len(chosen) < min(A.shape):
        j = int(np.argmax(_lengths(left)))
        length = norm(left[:, j])
        if length <= floor:
            break
        chosen.append(j)
        Q = np.column_stack([Q, left[:, j] / length])
        for _ in range(2):
            left = left - Q @ (Q.T @ left)
        left[:, chosen] = 0
    return sorted(chosen)


def _weights(A: Array, c: Array) -> Array:
    """Solve QRw = c from the last row of R to the first."""
    Q, R = gram_schmidt(A, passes=2)
    w = Q.T @ c
    for i in reversed(range(len(w))):
        w[i] = (w[i] - R[i, i + 1 :] @ w[i + 1 :]) / R[i, i]
    return w


def _lengths(A: Array) -> Array:
    return np.array([norm(a) for a in A.T])


def _tolerance(A: Array, rtol: float | None) -> float:
    if rtol is None:
        return float(10 * max(A.shape) * EPS)
    value = check.number(rtol, "rtol")
    if value < 0:
        raise ValueError(f"rtol must not be negative, got {value}")
    return value

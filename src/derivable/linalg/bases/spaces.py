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

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array
from derivable.linalg.vectors.products import norm, unit

TIE = 1e-10  # lengths this close are equal: the first column counts


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
        TypeError: if A is not real or passes is no whole number.
        ValueError: if A is not a finite matrix, a column is a
            combination of those before it to working precision, method
            is not one of the two, or passes is not 1 or more.

    Source:
        eq. `claim:gram-schmidt` of this book.
    """
    A = _independent(A)
    check.choice(method, [*CLEAN], "method")
    passes = check.whole(passes, "passes", least=1)
    return _orthonormal(A, method, passes)


def _orthonormal(A: Array, method: str, passes: int) -> tuple[Array, Array]:
    """Q and R of columns that were found independent."""
    A, e = precision.evened(A, 0)  # each column in units of its own
    m, n = A.shape
    Q, R = np.zeros((m, n)), np.zeros((n, n))
    for j in range(n):
        r = A[:, j].copy()
        for _ in range(passes):
            r, taken = CLEAN[method](Q[:, :j], r)
            R[:j, j] += taken
        R[j, j] = norm(r)
        Q[:, j] = unit(r)
    return Q, precision.unscaled(R, e, "R")


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
        rtol: singular values up to rtol times the largest count as
            zero; default max(m, n) ε.

    Returns:
        The dimension of the span, from 0 to min(m, n).

    Raises:
        TypeError: if A is not real.
        ValueError: if A is not a finite matrix or rtol is negative.

    Source:
        eq. `def:column-rank` of this book.
    """
    A = check.matrix(A)
    if rtol is not None:
        rtol = check.not_negative(rtol, "rtol")

    B, _ = precision.scaled(A)  # NB: squares of A itself may overflow
    s = np.linalg.svd(B, compute_uv=False)
    return precision.numerical_rank(s, A.shape, rtol=rtol)


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
            residual is at most rtol times ‖c‖ + Σ |wⱼ| ‖aⱼ‖, default
            10 max(m, n) ε.

    Returns:
        Verdict and weights; the nearest combination if none is exact.

    Raises:
        TypeError: if A or c is not real.
        ValueError: if A is not a finite matrix, c has not one entry for
            each row, rtol is negative, or on overflow.

    Source:
        eq. `def:combination` of this book.
    """
    A, c = check.matrix(A), check.vector(c, "c")
    if len(c) != len(A):
        raise ValueError(f"c must have shape ({len(A)},), got {c.shape}")
    chosen = _basis(A, rank(A, rtol=rtol))
    if rtol is None:
        rtol = 10 * precision.rank_tolerance(A.shape)

    (A, e), (c, f) = precision.scaled(A), precision.scaled(c)
    w = np.zeros(A.shape[1])
    w[chosen] = _weights(A[:, chosen], c)
    left = norm(c - A @ w)
    summed = norm(c) + float(np.abs(w) @ _lengths(A))
    return Combination(
        exact=left <= rtol * summed,
        weights=precision.unscaled(w, f - e, "the weights"),
        unique=len(chosen) == A.shape[1],
        residual=float(precision.unscaled(left, f, "the residual")),
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
    r = precision.column_rank(B)
    if r < len(B):
        raise ValueError(f"B must have {len(B)} independent columns, got {r}")

    (B, e), (x, f) = precision.evened(B, 0), precision.scaled(x)
    return precision.unscaled(_weights(B, x), f - e[0], "the coordinates")


def _basis(A: Array, r: int) -> list[int]:
    """The r columns of A that are farthest from dependent, by greed.

    Source:
        Golub and Van Loan, Matrix Computations, section 5.5.7.
    """
    _, _, Vt = np.linalg.svd(precision.scaled(A)[0], full_matrices=False)
    left, Q = Vt[:r], Vt[:r, :0]  # Q has no columns yet
    chosen: list[int] = []
    while len(chosen) < r:
        lengths = _lengths(left)
        j = int(np.argmax(lengths > (1 - TIE) * lengths.max()))
        Q = np.column_stack([Q, left[:, j] / lengths[j]])
        chosen.append(j)
        left, _ = _classical(Q, left)  # squares sum to r - len(chosen)
        left[:, chosen] = 0
    while chosen and precision.column_rank(A[:, chosen]) < len(chosen):
        chosen.pop()  # NB: a choice can be a little nearer to dependent
    return sorted(chosen)


def _weights(A: Array, c: Array) -> Array:
    """Solve QRw = c from the last row of R to the first."""
    if A.shape[1] == 0:
        return np.zeros(0)
    Q, R = _orthonormal(A, "modified", passes=2)
    w = Q.T @ c
    for i in reversed(range(len(w))):
        w[i] = (w[i] - R[i, i + 1 :] @ w[i + 1 :]) / R[i, i]
    return w


def _lengths(A: Array) -> Array:
    return np.array([norm(a) for a in A.T])


def _independent(A: ArrayLike) -> Array:
    """A matrix whose columns are independent to working precision."""
    values = check.matrix(A)
    m, n = values.shape
    if n > m:
        raise ValueError(f"A must not be wider than high, got {values.shape}")
    if precision.column_rank(values) < n:
        j = next(j for j in range(n) if _depends(values, j))
        raise ValueError(
            f"columns must be independent, got column {j} with 0 left of "
            "it, up to rounding"
        )
    return values


def _depends(A: Array, j: int) -> bool:
    return precision.column_rank(A[:, : j + 1]) <= j

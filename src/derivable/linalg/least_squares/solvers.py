"""Least squares by the normal equations, and of any rank by the SVD.

Notation:
    A: matrix, shape (m, n); b: right-hand side, shape (m,).
    U, s, Vt: A = U diag(s) Vt, s largest first; r is the rank.
    N: orthonormal basis of the null space, shape (n, n − r).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array
from derivable.linalg.least_squares._units import (
    back_substitution,
    independent,
    system,
)
from derivable.linalg.matrices import cholesky


def normal_equations(A: ArrayLike, b: ArrayLike) -> Array:
    """Least squares by AᵀA x = Aᵀb, with Cholesky's factors.

    NB: it shows the idea. AᵀA squares the condition number; reflections,
    as in `qr_lstsq`, do not. They take twice the operations for m ≫ n.

    Args:
        A: independent columns, shape (m, n) with m ≥ n.
        b: right-hand side, shape (m,).

    Returns:
        x, shape (n,), with an error that may grow like ε κ² in the
        length ‖D x‖, where D holds the sizes of the columns and κ is
        that of the columns brought to one size.

    Raises:
        TypeError: if A or b is not real.
        ValueError: if the columns are dependent to working precision,
            AᵀA is no longer positive definite after rounding, b has not
            one entry for each row, or x is too large for a float64.

    Source:
        Gauss (1809); eq. `claim:ls-normal` of this book.
    """
    A, b = system(A, b)
    independent(A)

    (A, e), (b, f) = precision.scaled(A), precision.scaled(b)
    try:
        L = cholesky(A.T @ A)
    except ValueError as error:
        raise ValueError(
            f"AᵀA must be positive definite after rounding, got κ(A) = "
            f"{np.linalg.cond(A):.1e}: use qr_lstsq"
        ) from error
    z = back_substitution(L[::-1, ::-1], (A.T @ b)[::-1])[::-1]  # L z = Aᵀb
    return precision.unscaled(back_substitution(L.T, z), f - e, "x")


@dataclass(frozen=True)
class LinearSolution:
    """All x that make ‖A x − b‖ smallest: x + N z, for any z.

    Attributes:
        x: the shortest of them, shape (n,).
        null: N, orthonormal columns with A N = 0, shape (n, n − r).
        residual: b − A x, shape (m,).
        rank: r, the number of singular values that count.
        solvable: whether some matrix within rounding of A sends x to b.
    """

    x: Array
    null: Array
    residual: Array
    rank: int
    solvable: bool


def lstsq(
    A: ArrayLike, b: ArrayLike, *, rtol: float | None = None
) -> LinearSolution:
    """Least squares of any shape and rank, by the SVD.

    Args:
        A: any matrix, shape (m, n).
        b: right-hand side, shape (m,).
        rtol: singular values up to rtol · σ₁ count as zero, in [0, 1);
            default max(m, n) ε. They are those of A as it is given: the
            unit of all of A does not matter, that of one column does, as
            it does for which x is the shortest.

    Returns:
        The complete solution. It is solvable if ‖b − A x‖ is at most
        10 max(m, n) ε, or rtol if that is larger, of ‖b‖ + ‖A‖ ‖x‖.
        A long x allows a residual that is large beside b: for
        κ = 10¹³ a hundredth of it.

    Raises:
        TypeError: if A or b is not real.
        ValueError: if b has not one entry for each row, an entry is not
            finite, rtol is not in [0, 1), or x is too large for a
            float64.

    Source:
        eq. `claim:complete-solution` of this book.
    """
    A, b = system(A, b)
    share = precision.rank_tolerance(A.shape)
    share = share if rtol is None else check.fraction(rtol, "rtol")

    (A, e), (b, f) = precision.scaled(A), precision.scaled(b)
    m, n = A.shape
    U, s, Vt = np.linalg.svd(A, full_matrices=m < n)  # Vt has shape (n, n)
    r = precision.numerical_rank(s, A.shape, rtol=share)
    x = Vt[:r].T @ (U[:, :r].T @ b / s[:r])
    left = b - A @ x  # eq. def:residual
    slack = max(10 * precision.rank_tolerance(A.shape), share)
    size = precision.norm(b) + s[0] * precision.norm(x)
    return LinearSolution(
        x=precision.unscaled(x, f - e, "x"),
        null=Vt[r:].T,
        residual=precision.unscaled(left, f, "the residual"),
        rank=r,
        solvable=precision.norm(left) <= slack * size,
    )

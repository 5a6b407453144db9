"""Checks and units that the methods of this chapter share.

Notation:
    A: a matrix, shape (m, n), with columns a_j.
    b: right-hand side, shape (m,).
    e, f: exponents; A = A' 2ᵉ and b = b' 2ᶠ with entries below 1.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array


def system(A: ArrayLike, b: ArrayLike) -> tuple[Array, Array]:
    """A matrix and a right-hand side with one entry for each row."""
    A, b = check.matrix(A), check.vector(b, "b")
    if len(b) != len(A):
        raise ValueError(f"b must have shape ({len(A)},), got {b.shape}")
    return A, b


def independent(A: Array, name: str = "A") -> None:
    """Refuse columns that are dependent to working precision."""
    n, r = A.shape[1], precision.column_rank(A)
    if r < n:
        raise ValueError(
            f"{name} must have {n} independent columns, got {r} of shape "
            f"{A.shape}: see lstsq"
        )


def column_units(A: Array) -> Array:
    """Exponents e, shape (n,), that bring the columns of A to one size.

    Their size in a typical row, with each row brought to one size: rows
    that are heavy do not decide. Three rounds, as the size of a row
    depends on these units. All entries of A 2⁻ᵉ are below 1.
    """
    B, e = A[np.any(A != 0, axis=1)], np.zeros(A.shape[1])
    size = np.where(B != 0, np.frexp(B)[1], np.nan)
    for _ in range(3):
        row = np.nanmax(size - e, axis=1, keepdims=True)
        e = np.floor(np.nanmedian(size - row, axis=0))
    return np.asarray(e + np.nanmax(size - e), dtype=np.intp)


def rounding_share(A: Array, b: Array, x: Array) -> float:
    """What rounding may move x by, ε κ² ρ, relative to its length.

    The term of eq. `claim:ls-condition` that has the square, with every
    column of A brought to one size. A fit A x below √ε of the residual
    counts as that long, so ρ is 1/√ε at most: of x = 0 no share is right.
    """
    (A, e), (b, f) = precision.evened(A, 0), precision.scaled(b)
    y = np.ldexp(x, e[0] - f)
    s = np.linalg.svd(A, compute_uv=False)
    left = precision.norm(b - A @ y)
    reach = max(s[0] * precision.norm(y), np.sqrt(precision.EPS) * left)
    rho = left / reach if left else 0.0
    return float(precision.EPS * np.square(s[0] / s[-1]) * rho)


def back_substitution(R: Array, y: Array) -> Array:
    """Solve R x = y from the last row to the first."""
    x = np.zeros(len(y))
    for i in reversed(range(len(y))):
        x[i] = (y[i] - R[i, i + 1 :] @ x[i + 1 :]) / R[i, i]
    return x

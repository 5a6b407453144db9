"""A new row, without starting over.

Notation:
    B: the inverse of a matrix A, shape (n, n).
    M: (AᵀA)⁻¹ of the rows so far, shape (n, n).
    a, beta: the new row and its right-hand side, shape (n,) and number.
    k: the gain, how far x moves for each unit of surprise, shape (n,).
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array


def sherman_morrison(B: ArrayLike, u: ArrayLike, v: ArrayLike) -> Array:
    """The inverse of A + u vᵀ from B = A⁻¹, in O(n²).

    Args:
        B: the inverse of A, shape (n, n).
        u: vector, shape (n,).
        v: vector, shape (n,).

    Returns:
        B − B u vᵀ B / (1 + vᵀ B u), shape (n, n).

    Raises:
        TypeError: if B, u or v is not real.
        ValueError: if B is not square, u or v has another length,
            1 + vᵀBu is zero up to rounding (A + uvᵀ is singular then),
            an entry is not finite, or one of the result is too large.

    Source:
        Sherman and Morrison (1950); eq. `claim:sherman-morrison` of
        this book.
    """
    B = check.square(B, "B")
    u, v = _of_length(u, len(B), "u"), _of_length(v, len(B), "v")

    (B, e), (u, f), (v, g) = map(precision.scaled, (B, u, v))
    one = precision.unscaled(1.0, -(e + f + g), "1 beside vᵀBu")
    left, right = B @ u, v @ B
    pivot = one + v @ left  # eq. claim:sherman-morrison
    terms = one + np.abs(v) @ np.abs(B) @ np.abs(u)
    if abs(pivot) <= 2 * precision.rank_tolerance(B.shape) * terms:
        raise ValueError(
            "1 + vᵀBu must not be zero, got "
            f"{pivot / terms:.1g} of its terms: A + uvᵀ is singular"
        )
    return precision.unscaled(B - np.outer(left, right) / pivot, e, "inverse")


def rls_update(
    x: ArrayLike, M: ArrayLike, a: ArrayLike, beta: float
) -> tuple[Array, Array]:
    """Recursive least squares: one more row aᵀx ≈ β, in O(n²).

    NB: M inherits the squared condition number of the normal equations.

    Args:
        x: minimiser for the rows so far, shape (n,).
        M: (AᵀA)⁻¹ of the rows so far, symmetric positive definite,
            shape (n, n).
        a: the new row, shape (n,).
        beta: its right-hand side.

    Returns:
        x and M after the new row.

    Raises:
        TypeError: if x, M, a or beta is not real.
        ValueError: if M is not symmetric, aᵀMa < 0, a shape does not
            match, an entry is not finite, or one of the result is too
            large.

    Source:
        eq. `claim:rls` of this book.
    """
    x, M = check.vector(x), check.symmetric(M, "M")
    a, beta = _of_length(a, len(x), "a"), check.number(beta, "beta")
    if M.shape != (len(x), len(x)):
        raise ValueError(f"M must have shape {(len(x),) * 2}, got {M.shape}")

    (M, e), (a_, f) = precision.scaled(M), precision.scaled(a)
    one = precision.unscaled(1.0, -(e + 2 * f), "1 beside aᵀMa")
    h = M @ a_
    grown = a_ @ h
    if grown < -precision.rank_tolerance(M.shape):
        raise ValueError(f"M must be positive definite, got aᵀMa = {grown:g}")
    with np.errstate(over="ignore", invalid="ignore"):
        surprise = check.number(beta - a @ x, "β − aᵀx")
        k = np.ldexp(h / (one + grown), -f)  # eq. claim:rls
        x = check.real(x + k * surprise)  # eq. claim:rls
    M = precision.unscaled(M - np.outer(h, h) / (one + grown), e, "M")
    return x, M


def _of_length(x: ArrayLike, n: int, name: str) -> Array:
    x = check.vector(x, name)
    if x.shape != (n,):
        raise ValueError(f"{name} must have shape ({n},), got {x.shape}")
    return x

"""Conjugate gradients for A x = b, A symmetric positive definite.

Notation:
    r: the residual b − A x, shape (n,).
    p: the direction, conjugate to all before it, shape (n,).
    alpha, beta: how far along p, and how much of p the next one keeps.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import norm, scaled
from derivable._validation import Array, ConvergenceError
from derivable.optimization.problem import Path

Product = Callable[[Array], ArrayLike]


def conjugate_gradient(
    A: ArrayLike | Product,
    b: ArrayLike,
    x0: ArrayLike | None = None,
    *,
    tol: float = 1e-10,
    max_steps: int | None = None,
) -> Path:
    """Solve A x = b, and so minimise ½ xᵀA x − bᵀx.

    Args:
        A: symmetric positive definite matrix, shape (n, n), or the
            function v ↦ A v, of which only the products are seen.
        b: right-hand side, shape (n,).
        x0: start, shape (n,); zero if None.
        tol: stop when ‖b − A x‖ ≤ tol ‖b‖, or, for b = 0, when it is at
            most tol times what it was at x0.
        max_steps: give up after so many steps; 10 n if None.

    Returns:
        All iterates, with ½ xᵀA x − bᵀx and its gradient norm, which
        is ‖b − A x‖ as the recurrence has it; values that are too
        large for a float64 are infinite.

    Raises:
        TypeError: if A, b or x0 is not real.
        ValueError: if shapes do not match, A is not symmetric, tol is
            not positive, max_steps is negative, or a direction shows
            that A is not positive definite.
        ConvergenceError: if the residual is above tol after the steps.

    Source:
        Hestenes and Stiefel (1952); eq. `def:cg` of this book.
    """
    b = check.vector(b, "b")
    x = np.zeros_like(b) if x0 is None else check.vector(x0, "x0")
    _shape(x, b, "x0")
    product = _product(A, b)
    steps = _steps(max_steps, len(b))

    r = b if x0 is None else b - product(x)
    limit = check.positive(tol, "tol") * (norm(b) or norm(r))
    unit = _unit(r)  # of b and x, so that no square of r overflows
    kept, r = [(x, r)], r / unit
    p = r
    while (size := unit * norm(r)) > limit:
        if len(kept) > steps:
            raise ConvergenceError(
                f"no solution after {steps} steps: ‖b − A x‖ = {size:.3g} "
                f"> {limit:.3g}"
            )
        Ap = product(p)
        alpha = (r @ r) / _curvature(p, Ap, len(kept) - 1)  # eq. def:cg
        x, r_next = x + unit * (alpha * p), r - alpha * Ap  # eq. def:cg
        p = r_next + (r_next @ r_next) / (r @ r) * p  # eq. def:cg
        r = r_next
        kept.append((x, unit * r))
    return _path(kept, b)


def _unit(r: Array) -> float:
    """The power of two below the largest entry of r."""
    return float(np.ldexp(1.0, scaled(r)[1] - 1))


def _curvature(p: Array, Ap: Array, step: int) -> float:
    found = float(p @ Ap)
    if not found > 0:
        raise ValueError(
            f"A must be positive definite, got pᵀA p = {found:.3g} "
            f"at step {step}"
        )
    return found


def _product(A: ArrayLike | Product, b: Array) -> Callable[[Array], Array]:
    """The product v ↦ A v, after what a matrix can be asked beforehand."""
    if callable(A):

        def product(v: Array) -> Array:
            Av = check.real(A(v.copy()), "A(v)")
            _shape(Av, b, "A(v)")
            return Av

        return product
    M = check.symmetric(A)
    if len(M) != len(b):
        raise ValueError(f"b must have {len(M)} entries, got {len(b)}")
    k = int(np.argmin(M.diagonal()))
    if M[k, k] <= 0:
        raise ValueError(
            f"A must be positive definite, got A[{k}, {k}] = {M[k, k]:g}"
        )

    def product_with_matrix(v: Array) -> Array:
        with np.errstate(over="ignore", invalid="ignore"):
            return check.real(M @ v, "A v")

    return product_with_matrix


def _path(kept: list[tuple[Array, Array]], b: Array) -> Path:
    X, R = (np.array(part) for part in zip(*kept, strict=True))
    # A x = b − r, so ½ xᵀA x − bᵀx needs no further product.
    with np.errstate(over="ignore", invalid="ignore"):
        values = -np.sum(X * (b / 2 + R / 2), axis=1)
    steps = np.arange(len(X), dtype=np.float64)
    return Path(X, values, np.array([norm(v) for v in R]), steps)


def _steps(max_steps: int | None, n: int) -> int:
    return 10 * n if max_steps is None else check.whole(max_steps, "max_steps")


def _shape(x: Array, b: Array, name: str) -> None:
    if x.shape != b.shape:
        raise ValueError(f"{name} must have shape {b.shape}, got {x.shape}")

"""Eigenvalues by repeated application and by rotations.

Notation:
    A: a square matrix, shape (n, n).
    x: the current direction, shape (n,), of length 1.
    lam: eigenvalues; of one vector, its Rayleigh quotient.
    Q: orthonormal eigenvectors, one a column, shape (n, n).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS, scaled, unscaled
from derivable._validation import Array, ConvergenceError


@dataclass(frozen=True)
class PowerIteration:
    """What repeated application found.

    Attributes:
        value: the eigenvalue of largest size.
        vector: its eigenvector, length 1, shape (n,).
        path: all directions, shape (T+1, n); the last is `vector`.
    """

    value: float
    vector: Array
    path: Array


def power_iteration(
    A: ArrayLike,
    *,
    x0: ArrayLike | None = None,
    num_steps: int = 1000,
    tol: float = 1e-10,
) -> PowerIteration:
    """Dominant eigenvalue and eigenvector, by x ← A x / ‖A x‖.

    Args:
        A: square matrix, shape (n, n).
        x0: where to start, shape (n,); default a fixed random direction.
        num_steps: how many applications of A are allowed.
        tol: stop when ‖A x − λ x‖ ≤ tol ‖A‖_F.

    Returns:
        Eigenvalue, eigenvector and the path to it.

    Raises:
        ValueError: if A is not square, or x0 is zero or too long.
        ConvergenceError: if num_steps do not suffice: two eigenvalues
            share the largest size, or nearly so, or the one that has
            it is defective.

    Source:
        eq. `claim:power-rate` of this book.
    """
    A = check.square(A)
    check.whole(num_steps, "num_steps", least=1)
    tol = check.positive(tol, "tol")
    A, e = scaled(A)  # NB: squares of A itself may overflow
    x = _start(x0, len(A))
    size = np.linalg.norm(A) or 1.0

    path, residuals = [x], []
    for _ in range(num_steps + 1):
        y = A @ x
        lam = x @ y
        residuals.append(float(np.linalg.norm(y - lam * x) / size))
        if residuals[-1] <= tol:
            value = float(unscaled(lam, e, "the eigenvalue"))
            return PowerIteration(value, x, np.array(path))
        x = y / np.linalg.norm(y)
        path.append(x)
    raise ConvergenceError(_stalled(residuals))


def _stalled(residuals: list[float]) -> str:
    """What the residuals, relative to ‖A‖, tell about their cause."""
    quarter = len(residuals) // 4
    before, last = residuals[-2 * quarter : -quarter], residuals[-quarter:]
    says = (
        f"no eigenvector after {len(residuals) - 1} steps, "
        f"residual {residuals[-1]:.2g} ‖A‖"
    )
    if quarter < 2:
        return f"{says}: too few to tell why"
    if max(last) > 0.9 * max(before):
        return (
            f"{says}: is the largest |λ| shared by two, or nearly, or is λ₁ "
            "defective?"
        )
    return f"{says}, falling slowly: is λ₁ defective, or |λ₂| close?"


def _start(x0: ArrayLike | None, n: int) -> Array:
    if x0 is None:
        x = np.random.default_rng(0).normal(size=n)
        return np.asarray(x / np.linalg.norm(x))
    x, _ = scaled(check.vector(x0, "x0"))
    if x.shape != (n,):
        raise ValueError(f"x0 must have shape {(n,)}, got {x.shape}")
    if not x.any():
        raise ValueError("x0 must not be zero: it names no direction")
    return np.asarray(x / np.linalg.norm(x))


def eigen_symmetric(
    A: ArrayLike, *, num_sweeps: int = 30
) -> tuple[Array, Array]:
    """All eigenvalues of a symmetric matrix, by Jacobi's rotations.

    Args:
        A: symmetric matrix, shape (n, n).
        num_sweeps: how often every pair of axes may be turned.

    Returns:
        Eigenvalues, largest first, shape (n,), and orthonormal
        eigenvectors as columns, shape (n, n): A = Q diag(λ) Qᵀ.

    Raises:
        ValueError: if A is not symmetric.
        ConvergenceError: if num_sweeps do not suffice.

    Source:
        Jacobi (1846); Forsythe and Henrici (1960) for this order of
        the pairs; eq. `claim:jacobi-step` of this book.
    """
    D, e = scaled(check.symmetric(A))
    check.whole(num_sweeps, "num_sweeps", least=1)
    n, Q = len(D), np.eye(len(D))
    size = np.linalg.norm(D)

    for _ in range(num_sweeps):
        for p in range(n - 1):
            for q in range(p + 1, n):
                _rotate(D, Q, p, q)
        off = float(np.linalg.norm(D - np.diag(np.diag(D))))
        if off <= EPS * size:
            order = np.argsort(-np.diag(D), kind="stable")
            return unscaled(np.diag(D)[order], e, "λ"), Q[:, order]
    raise ConvergenceError(
        f"not diagonal after {num_sweeps} sweeps, "
        f"residual {off / size:.2g} ‖A‖"
    )


def _rotate(D: Array, Q: Array, p: int, q: int) -> None:
    """Turn axes p and q, in place, so that D[p, q] becomes 0."""
    gap = D[q, q] - D[p, p]
    angle = np.arctan2(np.copysign(2, gap) * D[p, q], abs(gap)) / 2
    c, s = np.cos(angle), np.sin(angle)
    R, pair = np.array([[c, s], [-s, c]]), [p, q]
    D[:, pair] = D[:, pair] @ R
    D[pair] = R.T @ D[pair]
    D[p, q] = D[q, p] = 0  # up to rounding it is
    Q[:, pair] = Q[:, pair] @ R

"""All eigenvalues of a symmetric matrix, by repeated QR.

Notation:
    A: symmetric matrix, shape (n, n).
    T: tridiagonal, A = Q T Qᵀ.
    mu: the shift, an estimate of an eigenvalue.
    m: size of the leading block that is not diagonal yet.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array, ConvergenceError
from derivable.linalg.least_squares.householder import householder


def tridiagonal(A: ArrayLike) -> tuple[Array, Array]:
    """A symmetric matrix as Q T Qᵀ, by reflections from both sides.

    Args:
        A: symmetric matrix, shape (n, n).

    Returns:
        T, zero but on its three middle diagonals, and Q, orthogonal,
        both of shape (n, n).

    Raises:
        TypeError: if A is not real.
        ValueError: if A is not symmetric, not finite, or T is too large
            for a float64.

    Source:
        Householder (1958); Golub and Van Loan, section 8.3.1.
    """
    T, e = precision.scaled(check.symmetric(A))
    n, Q = len(T), np.eye(len(T))
    for j in range(n - 2):
        v, _ = householder(T[j + 1 :, j])
        T[j + 1 :] -= 2 * np.outer(v, v @ T[j + 1 :])  # eq. def:reflector
        T[:, j + 1 :] -= 2 * np.outer(T[:, j + 1 :] @ v, v)
        Q[:, j + 1 :] -= 2 * np.outer(Q[:, j + 1 :] @ v, v)
    T = np.triu(np.tril((T + T.T) / 2, 1), -1)  # the rest is rounding
    return precision.unscaled(T, e, "T"), Q


@dataclass(frozen=True)
class QRIteration:
    """What the QR algorithm found.

    Attributes:
        values: eigenvalues, largest first, shape (n,).
        path: all iterates, shape (T+1, n, n); all have these
            eigenvalues, the last has them on its diagonal.
    """

    values: Array
    path: Array


def qr_algorithm(
    A: ArrayLike, *, shifts: bool = True, num_steps: int = 1000
) -> QRIteration:
    """Eigenvalues of a symmetric matrix: factor, swap, repeat.

    NB: each step calls a dense QR, O(n³); of a tridiagonal matrix it
    can be done in O(n).

    Args:
        A: symmetric matrix, shape (n, n).
        shifts: whether to shift by Wilkinson's estimate.
        num_steps: how many steps are allowed.

    Returns:
        Eigenvalues and the path to them. An entry beside the diagonal
        counts as zero once it is at most ε ‖A‖_F.

    Raises:
        TypeError: if A is not real, shifts no bool, or num_steps no
            whole number.
        ValueError: if A is not symmetric or not finite, or an
            eigenvalue is too large for a float64.
        ConvergenceError: if num_steps do not suffice.

    Source:
        Francis (1961); eq. `claim:qr-rate` of this book.
    """
    T, e = precision.scaled(tridiagonal(A)[0])
    check.flag(shifts, "shifts")
    num_steps = check.whole(num_steps, "num_steps", least=1)
    small, m, path = precision.EPS * precision.norm(T), len(T), [T]

    while True:
        while m > 1 and abs(T[m - 1, m - 2]) <= small:
            m -= 1
        if m <= 1:
            values = np.sort(np.diag(T))[::-1]
            break
        if len(path) > num_steps:
            raise ConvergenceError(_unfinished(T, m, num_steps))
        mu = wilkinson(T[m - 2 : m, m - 2 : m]) if shifts else 0.0
        T = _step(T, m, mu)
        path.append(T)
    values = precision.unscaled(values, e, "an eigenvalue")
    return QRIteration(values, precision.unscaled(np.array(path), e, "path"))


def wilkinson(B: Array) -> float:
    """The eigenvalue of a symmetric 2 × 2 block nearest to its corner."""
    (a, b), (_, c) = B
    gap = (a - c) / 2
    turned = np.copysign(abs(gap) + np.hypot(gap, b), gap)
    return float(c - b * b / turned) if turned else float(c)


def _step(T: Array, m: int, mu: float) -> Array:
    """The leading block minus μ is Q R; R Q plus μ takes its place."""
    shift, T = mu * np.eye(m), T.copy()
    Q, R = np.linalg.qr(T[:m, :m] - shift)
    B = np.triu(np.tril(R @ Q, 1), -1) + shift  # eq. claim:qr-similar
    T[:m, :m] = (B + B.T) / 2
    T[m:, :m] = T[:m, m:] = 0  # what was found small
    return T


def _unfinished(T: Array, m: int, num_steps: int) -> str:
    left = abs(T[m - 1, m - 2]) / precision.norm(T)
    return (
        f"{m} of {len(T)} eigenvalues are not found after {num_steps} "
        f"steps, residual {left:.2g} ‖A‖"
    )

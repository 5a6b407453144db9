"""Functions to run an optimizer on: a quadratic, and a curved valley.

Notation:
    f, g, H: value, gradient, Hessian.
    x_star: a minimiser, x*.
    L, mu: smoothness and strong convexity: μI ≼ H ≼ LI everywhere.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import rank_tolerance
from derivable._validation import Array
from derivable.optimization.problem import Problem, point


def quadratic(A: ArrayLike, b: ArrayLike | None = None) -> Problem:
    """The quadratic ½ xᵀA x − bᵀx.

    Args:
        A: symmetric matrix, shape (n, n); positive definite if the
            quadratic is to have one minimum.
        b: shape (n,); zero if None.

    Returns:
        The problem; smoothness and convexity are the largest size and
        the smallest of the eigenvalues of A, 0 if it is one up to
        rounding. The minimiser solves A x = b if A is positive
        definite beyond rounding.

    Raises:
        TypeError: if A or b is not real.
        ValueError: if A is not symmetric, or shapes do not match.
    """
    A = check.symmetric(A)
    b = np.zeros(len(A)) if b is None else check.vector(b, "b")
    if len(b) != len(A):
        raise ValueError(f"b must have {len(A)} entries, got {len(b)}")
    lam = np.linalg.eigvalsh(A)
    L = float(np.abs(lam).max())
    zero = rank_tolerance(A.shape) * L
    mu = 0.0 if abs(lam[0]) <= zero else float(lam[0])

    def f(x: Array) -> float:
        x = point(x, len(b))
        return float(0.5 * (x @ A @ x) - b @ x)  # eq. def:model-quadratic

    return Problem(
        f,
        lambda x: A @ point(x, len(b)) - b,
        lambda _x: A.copy(),
        minimiser=_solution(A, b) if mu > 0 else None,
        smoothness=L,
        convexity=mu,
    )


def rosenbrock(n: int = 2) -> Problem:
    """The valley Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)².

    Its floor is curved and nearly flat; the minimum 0 lies at (1, …, 1).

    Args:
        n: number of variables, at least 2.

    Returns:
        The problem, with gradient and Hessian.

    Raises:
        ValueError: if n is below 2.

    Source:
        Rosenbrock (1960).
    """
    check.whole(n, "n", least=2)

    def f(x: Array) -> float:
        x = point(x, n)
        r, s = x[1:] - x[:-1] ** 2, 1 - x[:-1]
        return float(100 * (r @ r) + s @ s)

    def gradient(x: Array) -> Array:
        x = point(x, n)
        r = x[1:] - x[:-1] ** 2
        g = np.zeros(n)
        g[:-1] = -400 * r * x[:-1] - 2 * (1 - x[:-1])
        g[1:] += 200 * r
        return g

    def hessian(x: Array) -> Array:
        x = point(x, n)
        d = np.zeros(n)
        d[:-1] = 1200 * x[:-1] ** 2 - 400 * x[1:] + 2
        d[1:] += 200
        e = -400 * x[:-1]
        return np.diag(d) + np.diag(e, 1) + np.diag(e, -1)

    return Problem(f, gradient, hessian, minimiser=np.ones(n))


def _solution(A: Array, b: Array) -> Array:
    return np.asarray(np.linalg.solve(A, b))

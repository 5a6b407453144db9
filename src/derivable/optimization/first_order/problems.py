"""Functions to be minimised, with what is known of them.

Notation:
    f, g, H: value, gradient, Hessian.
    x_star: a minimiser, x*.
    L, mu: smoothness and strong convexity: μI ≼ H ≼ LI everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import logistic_gradient, sigmoid


@dataclass(frozen=True)
class Problem:
    """A function to be minimised, and what is known of it.

    Attributes:
        f: x ↦ the value, one number.
        gradient: x ↦ ∇f(x), structure and shapes of x.
        hessian: x ↦ ∇²f(x), shape (n, n), or None.
        minimiser: x*, shape of x, or None if it is not known.
        smoothness: L, the largest curvature anywhere, or None.
        convexity: μ, the smallest curvature anywhere, or None.

    Raises:
        TypeError: if f, gradient or hessian is not a function.
        ValueError: if smoothness is not positive, or is below convexity.
    """

    f: Callable[[Any], Any]
    gradient: Callable[[Any], Any]
    hessian: Callable[[Array], Array] | None = None
    minimiser: Array | None = None
    smoothness: float | None = None
    convexity: float | None = None

    def __post_init__(self) -> None:
        check.function(self.f, "f")
        check.function(self.gradient, "gradient")
        if self.hessian is not None:
            check.function(self.hessian, "hessian")
        if self.smoothness is None:
            return
        L = check.positive(self.smoothness, "smoothness")
        if self.convexity is not None and self.convexity > L:
            raise ValueError(
                f"convexity must be at most smoothness {L:g}, "
                f"got {self.convexity:g}"
            )


def quadratic(A: ArrayLike, b: ArrayLike | None = None) -> Problem:
    """The quadratic ½ xᵀA x − bᵀx.

    Args:
        A: symmetric matrix, shape (n, n); positive definite if the
            quadratic is to have one minimum.
        b: shape (n,); zero if None.

    Returns:
        The problem; smoothness and convexity are the largest and the
        smallest eigenvalue of A, and the minimiser solves A x = b if A
        is positive definite.

    Raises:
        TypeError: if A or b is not real.
        ValueError: if A is not symmetric, or is zero, or shapes do not
            match.
    """
    A = check.square(A)
    b = np.zeros(len(A)) if b is None else check.vector(b, "b")
    if len(b) != len(A):
        raise ValueError(f"b must have {len(A)} entries, got {len(b)}")
    if not np.allclose(A, A.T, rtol=1e-12, atol=0):
        raise ValueError("A must be symmetric, got A != A.T")
    lam = np.linalg.eigvalsh(A)

    return Problem(
        lambda x: 0.5 * (x @ A @ x) - b @ x,
        lambda x: A @ x - b,
        lambda _x: A,
        minimiser=_solution(A, b) if lam[0] > 0 else None,
        smoothness=float(np.abs(lam).max()),
        convexity=float(lam[0]),
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
    if n < 2:
        raise ValueError(f"n must be at least 2, got {n}")

    def f(x: Array) -> float:
        r, s = x[1:] - x[:-1] ** 2, 1 - x[:-1]
        return float(100 * (r @ r) + s @ s)

    def gradient(x: Array) -> Array:
        r = x[1:] - x[:-1] ** 2
        g = np.zeros(n)
        g[:-1] = -400 * r * x[:-1] - 2 * (1 - x[:-1])
        g[1:] += 200 * r
        return g

    def hessian(x: Array) -> Array:
        d = np.zeros(n)
        d[:-1] = 1200 * x[:-1] ** 2 - 400 * x[1:] + 2
        d[1:] += 200
        e = -400 * x[:-1]
        return np.diag(d) + np.diag(e, 1) + np.diag(e, -1)

    return Problem(f, gradient, hessian, minimiser=np.ones(n))


def logistic_regression(
    X: ArrayLike, y: ArrayLike, *, penalty: float = 0.0
) -> Problem:
    """Mean log-loss of labels, and ½ penalty ‖w‖².

    Args:
        X: data, one sample a row, shape (n, d).
        y: labels 0 or 1, shape (n,).
        penalty: weight of the square of the norm, not negative.

    Returns:
        The problem in w, shape (d,). Its curvature lies between
        `penalty` and λmax(XᵀX) / (4n) + `penalty`.

    Raises:
        TypeError: if X or y is not real.
        ValueError: if shapes do not match, a label is not 0 or 1, or
            the penalty is negative.
    """
    X, y = check.matrix(X, "X"), check.vector(y, "y")
    if check.number(penalty, "penalty") < 0:
        raise ValueError(f"penalty must not be negative, got {penalty}")
    if len(y) != len(X) or not np.isin(y, (0, 1)).all():
        raise ValueError(
            f"y must hold {len(X)} labels 0 or 1, got {len(y)}: {y[:5]}"
        )
    sign = 1 - 2 * y

    def f(w: Array) -> float:
        margins = np.logaddexp(0, sign * (X @ w))
        return float(margins.mean() + 0.5 * penalty * (w @ w))

    def hessian(w: Array) -> Array:
        p = sigmoid(X @ w)
        S = X.T * (p * (1 - p)) @ X / len(X)
        return np.asarray(S + penalty * np.eye(X.shape[1]))

    return Problem(
        f,
        lambda w: logistic_gradient(X, y, w) + penalty * w,
        hessian,
        smoothness=float(np.linalg.norm(X, 2) ** 2 / (4 * len(X)) + penalty),
        convexity=float(penalty),
    )


def _solution(A: Array, b: Array) -> Array:
    return np.asarray(np.linalg.solve(A, b), dtype=np.float64)

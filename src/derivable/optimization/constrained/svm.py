"""The support vector machine, with its primal, its dual and their gap.

Notation:
    X: samples, one a row, shape (n, d).
    y: labels −1 and 1, shape (n,).
    alpha: multipliers of the margins, shape (n,), in [0, C].
    b: the intercept.
    K: kernel matrix, shape (n, n).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._precision import EPS
from derivable._validation import Array
from derivable.optimization.constrained.kernels import (
    Kernel,
    center,
    gram,
    linear_kernel,
)
from derivable.optimization.constrained.smo import Step, smo

TOUCH = 1e-9  # of a margin of 1: hinges below it keep a hard margin
MAX_STEPS = 300_000


@dataclass(frozen=True)
class SVC:
    """A fitted support vector machine.

    Attributes:
        X: the samples it was fitted to, shape (n, d).
        y: their labels −1 and 1, shape (n,).
        alpha: the multiplier of each margin, shape (n,).
        intercept: b.
        C: the limit of each multiplier.
        kernel: the dot product of features.
        steps: the T moves of SMO: indices i, and what each βᵢ = αᵢyᵢ
            gained.
    """

    X: Array
    y: Array
    alpha: Array
    intercept: float
    C: float
    kernel: Kernel
    steps: list[Step]

    @property
    def support(self) -> NDArray[np.intp]:
        """Indices of the samples with a positive multiplier."""
        return np.flatnonzero(self.alpha > 0)

    @property
    def w(self) -> Array:
        """Weights Σ αᵢ yᵢ xᵢ, shape (d,); for the linear kernel only."""
        if self.kernel is not linear_kernel:
            raise ValueError("only the linear kernel has weights w")
        return _weights(self.X, self.alpha * self.y)

    @property
    def margin(self) -> float:
        """The distance 1/‖w‖ from the boundary to where |score| is 1."""
        K, e = gram(self.kernel, self.X)
        beta = np.ldexp(self.alpha * self.y, e)
        square = float(beta @ K @ beta)
        if square <= len(beta) * EPS * float(np.sum(np.abs(beta)) ** 2):
            raise ValueError("w must not be zero to have a margin, got 0")
        return float(np.ldexp(1 / np.sqrt(square), e // 2) * 2 ** (e % 2 / 2))

    def decision(self, X: ArrayLike) -> Array:
        """Scores Σ αᵢ yᵢ k(xᵢ, x) + b of samples (m, d), shape (m,)."""
        beta, kept = self.alpha * self.y, self.support
        X = check.matrix(X, "X")
        if self.kernel is linear_kernel:
            c, w = center(self.X), _weights(self.X, beta)
            K = linear_kernel(_shifted(X, c), w[None])[:, 0]
            return np.asarray(K + (self.intercept + c @ w))
        K = check.matrix(self.kernel(X, self.X[kept]), "kernel(X, support)")
        return np.asarray(K @ beta[kept] + self.intercept)

    def predict(self, X: ArrayLike) -> Array:
        """Labels −1 and 1 of samples (m, d), shape (m,)."""
        return np.where(self.decision(X) >= 0, 1.0, -1.0)

    def gaps(self) -> tuple[Array, Array]:
        """Primal and dual value after each step of SMO.

        Returns:
            ½‖w‖² + C Σ hinge, with the best b, and Σα − ½‖w‖², each of
            shape (T + 1,); the first is ∞ where C is and a margin fails.

        Source:
            eq. `claim:svm-gap` of this book.
        """
        (K, e), y = gram(self.kernel, self.X), self.y
        beta, F = np.zeros_like(y), y.copy()
        values = [_primal_dual(beta, F, y, self.C)]
        for at, change in self.steps:
            S, d = np.asarray(at), np.asarray(change)
            beta[S] += d
            F -= K[:, S] @ np.ldexp(d, e)
            values.append(_primal_dual(beta, F, y, self.C))
        primal, dual = np.array(values).T
        return primal, dual


def svc(
    X: ArrayLike,
    y: ArrayLike,
    *,
    C: float = 1.0,
    kernel: Kernel = linear_kernel,
    tol: float = 1e-3,
) -> SVC:
    """Fit a support vector machine by SMO.

    Args:
        X: samples, one a row, shape (n, d).
        y: labels −1 and 1, both present, shape (n,).
        C: price of a margin that fails; ∞ for a hard margin.
        kernel: function of samples (m, d) and (n, d), values (m, n).
        tol: stop when no pair of slopes of the dual differs by more.

    Returns:
        The fitted machine, with all its steps.

    Raises:
        TypeError: if kernel is not a function.
        ValueError: if shapes do not match, labels are not −1 and 1, a
            number is not positive, or multipliers exceed float64.
        ConvergenceError: if SMO does not converge, as with a hard
            margin on data that cannot be separated.

    Source:
        eq. `claim:svm-dual`; Cortes and Vapnik (1995).
    """
    X, y = check.matrix(X, "X"), check.vector(y, "y")
    _check_labels(X, y)
    if not (isinstance(C, float) and np.isposinf(C)):
        C = check.positive(C, "C")
    tol = check.positive(tol, "tol")
    check.function(kernel, "kernel")
    K, e = gram(kernel, X)
    limit = float(_moved(np.array(C), e, C))

    dual = smo(K, y, limit, tol=tol, max_steps=MAX_STEPS)
    b = _intercept(dual.beta, dual.F, y, limit)
    beta = _moved(dual.beta, -e, C)
    if kernel is linear_kernel:
        b -= float(center(X) @ _weights(X, beta))
    steps: list[Step] = [(at, np.ldexp(d, -e)) for at, d in dual.steps]
    return SVC(X, y, beta * y + 0.0, b, C, kernel, steps)


def _check_labels(X: Array, y: Array) -> None:
    if y.shape != (len(X),):
        raise ValueError(f"y must have shape ({len(X)},), got {y.shape}")
    labels = np.unique(y)
    if not np.array_equal(labels, [-1, 1]):
        raise ValueError(f"labels must be −1 and 1, got {labels}")


def _moved(x: Array, e: int, C: float) -> Array:
    """The product 2ᵉ x of multipliers or their limit, if float64 holds it."""
    with np.errstate(over="ignore", under="ignore"):
        y = np.asarray(np.ldexp(x, e))
    if np.any(np.isinf(y) > np.isinf(x)) or np.any((y == 0) > (x == 0)):
        raise ValueError(
            "C times the kernel and the multipliers must fit float64, got "
            f"C = {C:g} and a kernel of size 2^{abs(e)}"
        )
    return y


def _shifted(X: Array, c: Array) -> Array:
    if X.shape[1] != c.size:
        raise ValueError(
            f"X must have as many columns as the samples, {c.size}, got "
            f"{X.shape[1]}"
        )
    return X - c


def _weights(X: Array, beta: Array) -> Array:
    """Σ βᵢ xᵢ; since Σβ = 0, any origin will do, and a near one is exact."""
    return np.asarray(beta @ (X - center(X)))


def _intercept(beta: Array, F: Array, y: Array, C: float) -> float:
    """F where a multiplier is free; else the middle of what is left."""
    alpha = beta * y
    free = (alpha > 0) & (alpha < C)
    if free.any():
        return float(np.mean(F[free]))
    up = np.where(y > 0, alpha < C, alpha > 0)
    down = np.where(y > 0, alpha > 0, alpha < C)
    return float(np.max(F[up]) + np.min(F[down])) / 2


def _primal_dual(
    beta: Array, F: Array, y: Array, C: float
) -> tuple[float, float]:
    """½‖w‖² + C Σ hinge and Σα − ½‖w‖², from F = y − Kβ."""
    half = float(beta @ (y - F)) / 2
    hinges = _least_hinge(F, y)
    charge = 0.0 if np.isinf(C) and hinges <= TOUCH else C * hinges
    return half + charge, float(beta @ y) - half


def _least_hinge(F: Array, y: Array) -> float:
    """Σ max(0, y (F − b)) for the b that makes it least.

    It is convex and piecewise linear in b, with its kinks at F.
    """
    b = np.sort(F)
    up, down = np.sort(F[y > 0]), np.sort(-F[y < 0])
    return float(np.min(_above(up, b) + _above(down, -b)))


def _above(F: Array, b: Array) -> Array:
    """Σ max(0, F − b) for sorted F and each entry of b."""
    rest = np.append(np.cumsum(F[::-1])[::-1], 0.0)
    first = np.searchsorted(F, b)
    return np.asarray(rest[first] - (F.size - first) * b)

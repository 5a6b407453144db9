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
from derivable._validation import Array
from derivable.optimization.constrained.kernels import Kernel, linear_kernel
from derivable.optimization.constrained.smo import Step, smo

TOUCH = 1e-9  # a hinge below it is rounding
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
        return np.asarray((self.alpha * self.y) @ self.X)

    @property
    def margin(self) -> float:
        """The distance 1/‖w‖ from the boundary to where |score| is 1."""
        beta = self.alpha * self.y
        K = self.kernel(self.X, self.X)
        return float(1 / np.sqrt(beta @ K @ beta))

    def decision(self, X: ArrayLike) -> Array:
        """Scores Σ αᵢ yᵢ k(xᵢ, x) + b of samples (m, d), shape (m,)."""
        beta, kept = self.alpha * self.y, self.support
        K = self.kernel(check.matrix(X, "X"), self.X[kept])
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
        K, y = self.kernel(self.X, self.X), self.y
        beta, F = np.zeros_like(y), y.copy()
        values = [_primal_dual(beta, F, y, self.C)]
        for at, change in self.steps:
            S, d = np.asarray(at), np.asarray(change)
            beta[S] += d
            F -= K[:, S] @ d
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
        ValueError: if shapes do not match, labels are not −1 and 1, or
            a number is not positive.
        ConvergenceError: if SMO does not converge, as with a hard
            margin on data that cannot be separated.

    Source:
        eq. `claim:svm-dual`; Cortes and Vapnik (1995).
    """
    X, y = check.matrix(X, "X"), check.vector(y, "y")
    if y.shape != (len(X),):
        raise ValueError(f"y must have shape ({len(X)},), got {y.shape}")
    labels = np.unique(y)
    if not np.array_equal(labels, [-1, 1]):
        raise ValueError(f"labels must be −1 and 1, got {labels}")
    C = np.inf if np.isposinf(C) else check.positive(C, "C")
    tol = check.positive(tol, "tol")
    check.function(kernel, "kernel")
    K = check.matrix(kernel(X, X), "kernel(X, X)")
    if K.shape != (len(X), len(X)) or np.max(np.abs(K - K.T)) > 1e-9 * np.max(
        np.abs(K)
    ):
        raise ValueError(f"kernel(X, X) must be symmetric, got {K.shape}")

    dual = smo(K, y, C, tol=tol, max_steps=MAX_STEPS)
    b = _intercept(dual.beta, dual.F, y, C)
    return SVC(X, y, dual.beta * y + 0.0, b, C, kernel, dual.steps)


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
    charge = 0.0 if hinges <= TOUCH else C * hinges
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

"""Linear regression, ridge, lasso, logistic regression and the SVM in one.

Notation:
    X: data, one sample a row, shape (n, d); y: truths, shape (n,).
    w: weights, shape (d,); z: scores Xw, shape (n,).
    L, mu: smoothness and strong convexity of the objective.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import numerical_rank
from derivable._validation import Array
from derivable.optimization.convexity.losses import Loss
from derivable.optimization.problem import Facts, Measured, Problem


def linear_objective(
    X: ArrayLike,
    y: ArrayLike,
    loss: Loss,
    *,
    ridge: float = 0.0,
    lasso: float = 0.0,
) -> Problem:
    """Mean loss of the scores Xw, and penalties on w.

    Args:
        X: data, one sample a row, shape (n, d).
        y: truths, shape (n,).
        loss: what a score costs; convex in the score.
        ridge: λ of the penalty λ/2 ‖w‖², not negative.
        lasso: γ of the penalty γ ‖w‖₁, not negative.

    Returns:
        The convex problem in w, shape (d,). If the second derivatives
        of the loss lie between β₀ and β, its convexity is
        β₀ λmin(XᵀX)/n + λ, and its smoothness β λmax(XᵀX)/n + λ if γ = 0;
        otherwise its gradient is a subgradient at kinks.

    Raises:
        TypeError: if X, y or a penalty is not real, or loss is no Loss.
        ValueError: if shapes do not match, a label is not one of the
            loss, or a penalty is negative.

    Source:
        eq. `def:linear-objective` of this book.
    """
    X, y = _with_squares(X), check.vector(y, "y")
    n, d = X.shape
    if len(y) != n:
        raise ValueError(f"y must have shape ({n},), got {y.shape}")
    check.instance(loss, Loss, "loss").checked(np.zeros(n), y)
    ridge = check.not_negative(ridge, "ridge")
    lasso = check.not_negative(lasso, "lasso")

    @np.errstate(over="ignore", invalid="ignore")
    def f(w: Array) -> float:
        w = check.of_shape(w, (d,), "w")
        penalty = ridge / 2 * (w @ w) + lasso * np.sum(np.abs(w))
        return float(np.mean(loss.value(X @ w, y)) + penalty)

    @np.errstate(over="ignore", invalid="ignore")
    def gradient(w: Array) -> Array:
        w = check.of_shape(w, (d,), "w")
        slopes = loss.slope(X @ w, y)
        penalties = ridge * w + lasso * np.sign(w)
        return np.asarray(X.T @ slopes / n + penalties)

    beta = loss.smoothness if lasso == 0 else None
    return Measured(
        f, gradient, None, lambda: _facts(X, loss.convexity, beta, ridge)
    )


def _with_squares(X: ArrayLike) -> Array:
    """A matrix whose squares have a sum, and so λmax(XᵀX) a value."""
    X = check.matrix(X, "X")
    with np.errstate(over="ignore"):
        check.number(np.vdot(X, X), "the sum of the squares of X")
    return X


def _facts(X: Array, low: float, high: float | None, ridge: float) -> Facts:
    """L and μ, for second derivatives of the loss from low to high."""
    n, d = X.shape
    s = np.linalg.svd(X, compute_uv=False)
    full = numerical_rank(s, X.shape) == d
    L = None if high is None else high * float(s[0] ** 2) / n + ridge
    mu = low * (float(s[-1] ** 2) if full else 0.0) / n + ridge
    return Facts(None, L, mu)

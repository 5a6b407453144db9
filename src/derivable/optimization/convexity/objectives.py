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
from derivable.optimization.first_order import Problem


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
    X, y = check.matrix(X, "X"), check.vector(y, "y")
    n, d = X.shape
    if len(y) != n:
        raise ValueError(f"y must have shape ({n},), got {y.shape}")
    check.instance(loss, Loss, "loss").checked(np.zeros(n), y)
    ridge = check.not_negative(ridge, "ridge")
    lasso = check.not_negative(lasso, "lasso")

    def f(w: Array) -> float:
        w = check.of_shape(w, (d,), "w")
        penalty = ridge / 2 * (w @ w) + lasso * np.sum(np.abs(w))
        return float(np.mean(loss.value(X @ w, y)) + penalty)

    def gradient(w: Array) -> Array:
        w = check.of_shape(w, (d,), "w")
        slopes = loss.slope(X @ w, y)
        penalties = ridge * w + lasso * np.sign(w)
        return np.asarray(X.T @ slopes / n + penalties)

    low, high = _squared_stretches(X)
    L = None
    if loss.smoothness is not None and lasso == 0:
        L = loss.smoothness * high / n + ridge
    mu = loss.convexity * low / n + ridge
    return Problem(f, gradient, smoothness=L, convexity=mu)


def _squared_stretches(X: Array) -> tuple[float, float]:
    """The smallest and the largest eigenvalue of XᵀX."""
    s = np.linalg.svd(X, compute_uv=False)
    full = numerical_rank(s, X.shape) == X.shape[1]
    with np.errstate(over="ignore"):
        high = check.number(s[0] ** 2, "λmax(XᵀX)")
    return float(s[-1] ** 2) if full else 0.0, high

"""Linear regression, ridge, lasso, logistic regression and the SVM in one.

Notation:
    X: data, one sample a row, shape (n, d); y: truths, shape (n,).
    w: weights, shape (d,); z: scores Xw, shape (n,).
    L, mu: smoothness and strong convexity of the objective.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
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
        The convex problem in w, shape (d,), with convexity λ, and with
        smoothness β λmax(XᵀX)/n + λ if the loss has smoothness β and
        γ = 0; otherwise its gradient is a subgradient at kinks.

    Raises:
        TypeError: if X or y is not real.
        ValueError: if shapes do not match, a label is not one of the
            loss, or a penalty is negative.

    Source:
        eq. `def:linear-objective` of this book.
    """
    X, y = check.matrix(X, "X"), check.vector(y, "y")
    n = len(X)
    if len(y) != n:
        raise ValueError(f"y must have shape ({n},), got {y.shape}")
    loss.checked(np.zeros(n), y)
    for name, value in (("ridge", ridge), ("lasso", lasso)):
        if check.number(value, name) < 0:
            raise ValueError(f"{name} must not be negative, got {value}")

    def f(w: Array) -> float:
        penalty = ridge / 2 * (w @ w) + lasso * np.sum(np.abs(w))
        return float(np.mean(loss.value(X @ w, y)) + penalty)

    def gradient(w: Array) -> Array:
        slopes = loss.slope(X @ w, y)
        return X.T @ slopes / n + ridge * w + lasso * np.sign(w)

    L = None
    if loss.smoothness is not None and lasso == 0:
        L = loss.smoothness * float(np.linalg.norm(X, 2)) ** 2 / n + ridge
    return Problem(f, gradient, smoothness=L, convexity=float(ridge))

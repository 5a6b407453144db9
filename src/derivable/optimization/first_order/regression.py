"""Two losses over data, as problems in the weights.

Notation:
    X, y: data, one sample a row, and targets, shapes (n, d) and (n,).
    w: weights, shape (d,).
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import logistic_gradient, sigmoid
from derivable.optimization.first_order.problem import Problem


def linear_regression(
    X: ArrayLike, y: ArrayLike, *, penalty: float = 0.0
) -> Problem:
    """Mean of half the squared errors, and ½ penalty ‖w‖².

    Args:
        X: data, one sample a row, shape (n, d).
        y: targets, shape (n,).
        penalty: weight of the square of the norm, not negative.

    Returns:
        The problem in w, shape (d,). Its Hessian is XᵀX/n +
        penalty · I; the minimiser is known if that is invertible.

    Raises:
        TypeError: if X or y is not real.
        ValueError: if shapes do not match, X is zero, or the penalty is
            negative.
    """
    X, y = check.matrix(X, "X"), check.vector(y, "y")
    check.not_negative(penalty, "penalty")
    if len(y) != len(X):
        raise ValueError(f"y must have {len(X)} entries, got {len(y)}")
    n, d = X.shape
    H = X.T @ X / n + penalty * np.eye(d)
    lam = np.linalg.eigvalsh(H)
    full = lam[0] > 1e-12 * lam[-1]

    def f(w: Array) -> float:
        r = X @ w - y
        return float(0.5 * (r @ r) / n + 0.5 * penalty * (w @ w))

    return Problem(
        f,
        lambda w: X.T @ (X @ w - y) / n + penalty * w,
        lambda _w: H,
        minimiser=np.linalg.solve(H, X.T @ y / n) if full else None,
        smoothness=float(lam[-1]),
        convexity=float(max(lam[0], 0.0)),
    )


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
    check.not_negative(penalty, "penalty")
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

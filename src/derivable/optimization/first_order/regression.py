"""Two losses over data, as problems in the weights.

Notation:
    X, y: data, one sample a row, and targets, shapes (n, d) and (n,).
    w: weights, shape (d,).
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import numerical_rank
from derivable._validation import Array
from derivable.calculus import logistic_gradient, sigmoid
from derivable.optimization.problem import (
    Facts,
    Measured,
    Problem,
    point,
    unwarned,
)


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
        penalty · I; the minimiser is known if that is invertible
        beyond rounding. Curvatures are computed when asked for.

    Raises:
        TypeError: if X or y is not real.
        ValueError: if shapes do not match, or the penalty is negative.
    """
    X, y = check.matrix(X, "X"), check.vector(y, "y")
    check.not_negative(penalty, "penalty")
    if len(y) != len(X):
        raise ValueError(f"y must have {len(X)} entries, got {len(y)}")
    n, d = X.shape

    def f(w: Array) -> float:
        w = point(w, d, "w")
        with unwarned():
            r = X @ w - y
            return float(0.5 * (r @ r) / n + 0.5 * penalty * (w @ w))

    def hessian(w: Array) -> Array:
        point(w, d, "w")
        with unwarned():
            return np.asarray(X.T @ X / n + penalty * np.eye(d))

    def gradient(w: Array) -> Array:
        w = point(w, d, "w")
        with unwarned():
            return np.asarray(X.T @ (X @ w - y) / n + penalty * w)

    return Measured(
        f,
        gradient,
        hessian,
        lambda: _of_squares(X, y, penalty),
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
    sign, d = 1 - 2 * y, X.shape[1]

    def f(w: Array) -> float:
        w = point(w, d, "w")
        with unwarned():
            margins = np.logaddexp(0, sign * (X @ w))
            return float(margins.mean() + 0.5 * penalty * (w @ w))

    def gradient(w: Array) -> Array:
        w = point(w, d, "w")
        with unwarned():
            return np.asarray(logistic_gradient(X, y, w) + penalty * w)

    def hessian(w: Array) -> Array:
        w = point(w, d, "w")
        with unwarned():
            p = sigmoid(X @ w)
            S = X.T * (p * (1 - p)) @ X / len(X)
        return np.asarray(S + penalty * np.eye(X.shape[1]))

    return Measured(
        f,
        gradient,
        hessian,
        lambda: Facts(None, _largest(X) / 4 + penalty, float(penalty)),
    )


def _largest(X: Array) -> float:
    """The largest eigenvalue of XᵀX / n."""
    with unwarned():
        return float(np.linalg.norm(X, 2) ** 2 / len(X))


def _of_squares(X: Array, y: Array, penalty: float) -> Facts:
    """Facts of least squares, from singular values of the rows to fit.

    A penalty is d further rows. Their squares are the curvatures; the
    rank is decided before squaring, which would halve its digits.
    """
    n, d = X.shape
    root = np.sqrt(penalty) * np.eye(d if penalty else 0, d)
    rows = np.vstack([X / np.sqrt(n), root])
    U, s, Vt = np.linalg.svd(rows, full_matrices=False)
    with unwarned():
        L = float(s[0] ** 2)
    if numerical_rank(s, rows.shape) < d:
        return Facts(None, L, 0.0)
    w = Vt.T @ (((y / np.sqrt(n)) @ U[:n]) / s)
    with unwarned():
        return Facts(np.asarray(w), L, float(s[-1] ** 2))

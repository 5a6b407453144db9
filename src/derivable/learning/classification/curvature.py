"""First and second derivatives of logistic and softmax regression.

Notation:
    S: diagonal of p(1 − p), the variances of the labels, shape (n,).
    P, Y: probabilities and one-hot labels, shape (n, k).
    H: Hessian of the mean loss.
"""

from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import sigmoid, softmax
from derivable.learning.classification.losses import mean_cross_entropy


def logistic_hessian(X: ArrayLike, w: ArrayLike) -> Array:
    """Hessian of the mean log-loss of scores Xw; no label enters.

    Args:
        X: data, one sample a row, shape (n, d).
        w: weights, shape (d,).

    Returns:
        (1/n) Xᵀ S X, shape (d, d).

    Raises:
        TypeError: if X or w is not real.
        ValueError: if shapes do not match, or a value is not finite.

    Source:
        eq. `claim:logistic-hessian` of this book.
    """
    X, z = _scores(X, check.vector(w, "w"))

    S = sigmoid(z) * sigmoid(-z)
    return _gram(X, S / len(X))  # eq. claim:logistic-hessian


def softmax_gradient(X: ArrayLike, y: ArrayLike, W: ArrayLike) -> Array:
    """Gradient of the mean cross-entropy of scores XW.

    Args:
        X: data, one sample a row, shape (n, d).
        y: classes, integers 0 … k − 1, shape (n,).
        W: weights, shape (d, k).

    Returns:
        (1/n) Xᵀ(P − Y), shape (d, k).

    Raises:
        TypeError: if X or W is not real, or y holds no integers.
        ValueError: if shapes do not match, or a class is out of range.

    Source:
        eq. `claim:softmax-gradient` of this book.
    """
    X, Z = _scores(X, check.matrix(W, "W"))
    G = mean_cross_entropy(Z, y)[1]

    return np.asarray(X.T @ G)  # no larger than the largest feature


def softmax_hessian(X: ArrayLike, W: ArrayLike) -> Array:
    """Hessian of the mean cross-entropy in the weights, row by row.

    Args:
        X: data, one sample a row, shape (n, d).
        W: weights, shape (d, k).

    Returns:
        Second derivatives in W.ravel(), shape (dk, dk).

    Raises:
        TypeError: if X or W is not real.
        ValueError: if shapes do not match, or a value is not finite.

    Source:
        eq. `claim:softmax-hessian` of this book.
    """
    X, Z = _scores(X, check.matrix(W, "W"))

    return curvature(X, softmax(Z), np.full(len(X), 1 / len(X)))


def curvature(X: Array, P: Array, c: Array) -> Array:
    """Block (a, b) is Xᵀ diag(c pₐ (δₐᵦ − pᵦ)) X; shape (dk, dk)."""
    d, k = X.shape[1], P.shape[1]
    H = np.empty((d, k, d, k))
    for a, b in combinations_with_replacement(range(k), 2):
        s = P[:, a] * ((a == b) - P[:, b])  # eq. claim:softmax-hessian
        H[:, a, :, b] = H[:, b, :, a] = _gram(X, c * s)
    return H.reshape(d * k, d * k)


def _gram(X: Array, s: Array) -> Array:
    """Xᵀ diag(s) X, shape (d, d)."""
    with np.errstate(over="ignore", invalid="ignore"):
        return check.real((X.T * s) @ X, "the Hessian")


def _scores(X: ArrayLike, W: Array) -> tuple[Array, Array]:
    """The batch, and its scores XW."""
    X = check.matrix(X, "X")
    if X.shape[1] != len(W):
        raise ValueError(
            f"X must have {len(W)} columns, one a weight, got {X.shape}"
        )
    with np.errstate(over="ignore", invalid="ignore"):
        return X, check.real(X @ W, "the scores")

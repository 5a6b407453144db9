"""Softmax regression by Newton's method.

Notation:
    A: ones and standardised features, shape (n, d + 1).
    x: all weights, row by row of shape (d + 1, k), as one vector.
    P, Y: probabilities and one-hot classes, shape (n, k).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import softmax
from derivable.errors import ConvergenceError
from derivable.learning.classification import _checks as asked
from derivable.learning.classification._newton import Objective, newton
from derivable.learning.classification._scaling import full_rank, standardised
from derivable.learning.classification.curvature import curvature
from derivable.learning.classification.separation import (
    SeparationError,
    explained,
    refuse_margins,
    refuse_separated,
)
from derivable.optimization.convexity.losses import categorical_loss


@dataclass(frozen=True)
class SoftmaxModel:
    """A fitted softmax regression.

    Attributes:
        W: weights, shape (d, k); each row sums to 0.
        b: intercepts, shape (k,), with the sum 0.
        losses: mean loss with its penalty at every iterate, (T + 1,).
    """

    W: Array
    b: Array
    losses: Array

    def logits(self, X: ArrayLike) -> Array:
        """Scores XW + b of samples (m, d), shape (m, k)."""
        X = asked.batch(X, len(self.W))
        with np.errstate(over="ignore", invalid="ignore"):
            return check.real(X @ self.W + self.b, "the logits")

    def probability(self, X: ArrayLike) -> Array:
        """Probabilities of all classes of samples (m, d), shape (m, k)."""
        return np.asarray(softmax(self.logits(X)))

    def predict(self, X: ArrayLike) -> Array:
        """The class with the largest score of samples (m, d), (m,)."""
        return np.asarray(np.argmax(self.logits(X), axis=1))


def fit_softmax(  # noqa: PLR0913
    X: ArrayLike,
    y: ArrayLike,
    *,
    ridge: float = 0.0,
    weights: ArrayLike | None = None,
    tol: float = 1e-8,
    max_steps: int = 50,
) -> SoftmaxModel:
    """Fit a softmax regression with intercepts, by Newton's method.

    Args:
        X: data, one sample a row, shape (n, d).
        y: classes 0 … k − 1, each with a sample, shape (n,).
        ridge: λ of the penalty λ/2 ‖W‖²; intercepts have none.
        weights: positive weights of the samples, shape (n,).
        tol: stop when a step moves no score by more than tol, relative
            to the largest score where that is above 1.
        max_steps: give up after so many steps.

    Returns:
        The minimiser of the weighted mean cross-entropy with its
        penalty, of all those with equal predictions the shortest.

    Raises:
        TypeError: if an argument is of the wrong kind.
        ValueError: if shapes do not match, a class has no sample, or
            features repeat and ridge is 0.
        SeparationError: if the classes are separated and ridge is 0.
        ConvergenceError: if the steps do not suffice.

    Source:
        Bishop (2006), section 4.3.4; eq. `claim:softmax-hessian` of this
        book.
    """
    X, classes = asked.samples(X, y)
    c, ridge = (
        asked.shares(weights, len(X)),
        check.not_negative(ridge, "ridge"),
    )
    scaled, k = standardised(X), int(classes.max()) + 1
    if ridge == 0:
        full_rank(scaled.A)

    f = _objective(scaled.A, np.eye(k)[classes], c, scaled.penalty(ridge))
    x0 = np.zeros(scaled.A.shape[1] * k)
    try:
        path, losses = newton(f, x0, tol=tol, max_steps=max_steps)
    except SeparationError:
        raise
    except ConvergenceError as error:
        raise (explained(error, X, classes) if ridge == 0 else error) from None
    if ridge == 0:
        slopes = f.slopes(f.scores(path[-1]))
        refuse_separated(scaled.A, slopes, X, classes)
    W, b = scaled.weights(path[-1].reshape(-1, k))
    return SoftmaxModel(W, b, losses)


def _objective(A: Array, Y: Array, c: Array, r: Array) -> Objective:
    k, classes = Y.shape[1], np.argmax(Y, axis=1)
    rows = np.repeat(r, k)

    def scores(x: Array) -> Array:
        return np.asarray(A @ x.reshape(-1, k))

    def value(x: Array, Z: Array) -> float:
        losses = categorical_loss(Z, classes)[0]
        return float(c @ losses + rows @ x**2 / 2)

    def slopes(Z: Array) -> Array:  # c(P − Y), without the difference
        wrong = c[:, None] * (1 - Y) * softmax(Z)
        return np.asarray(wrong - Y * wrong.sum(axis=1, keepdims=True))

    def derivatives(x: Array, Z: Array) -> tuple[Array, Array]:
        g = (A.T @ slopes(Z)).ravel() + rows * x
        H = curvature(A, softmax(Z), c)
        # One vector for all classes changes nothing: a curvature of zero,
        # which any positive one may replace, since g has no share in it.
        lift = np.trace(H) / len(x) / k
        H += np.kron(np.eye(A.shape[1]), np.full((k, k), lift))
        return g, H + np.diag(rows)

    def watch(z: Array) -> None:
        true = z[np.arange(len(z)), classes]
        if not r.any():
            wrong = np.where(Y == 1, -np.inf, z)
            refuse_margins(true - wrong.max(axis=1))

    return Objective(scores, value, slopes, derivatives, watch)

"""Logistic regression by iteratively reweighted least squares.

Notation:
    A: ones and standardised features, shape (n, d + 1).
    c: weights of the samples, with the sum 1, shape (n,).
    r: penalty on each weight, shape (d + 1,), 0 for the intercept.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import sigmoid, softplus
from derivable.errors import ConvergenceError
from derivable.learning.classification import _checks as asked
from derivable.learning.classification._newton import Objective, newton
from derivable.learning.classification._scaling import (
    Scaled,
    full_rank,
    standardised,
)
from derivable.learning.classification.separation import (
    SeparationError,
    explained,
    refuse_margins,
    refuse_separated,
)


@dataclass(frozen=True)
class LogisticModel:
    """A fitted logistic regression, with the way to it.

    Attributes:
        w: weights, shape (d,).
        intercept: b.
        path: w and b of every iterate, shape (T + 1, d + 1), b last.
        losses: mean loss with its penalty at each of them, (T + 1,).
    """

    w: Array
    intercept: float
    path: Array
    losses: Array

    def logits(self, X: ArrayLike) -> Array:
        """Scores Xw + b of samples (m, d), shape (m,)."""
        X = asked.batch(X, len(self.w))
        with np.errstate(over="ignore", invalid="ignore"):
            return check.real(X @ self.w + self.intercept, "the logits")

    def probability(self, X: ArrayLike) -> Array:
        """Probabilities σ(Xw + b) of class 1 of samples (m, d), (m,)."""
        return np.asarray(sigmoid(self.logits(X)))  # eq. def:logistic-model

    def predict(self, X: ArrayLike, *, threshold: float = 0.5) -> Array:
        """Class 1 where its probability reaches the threshold, (m,).

        Raises:
            ValueError: if the threshold does not lie in [0, 1).
        """
        threshold = check.fraction(threshold, "threshold")
        return (self.probability(X) >= threshold).astype(np.intp)


def fit_logistic(  # noqa: PLR0913
    X: ArrayLike,
    y: ArrayLike,
    *,
    ridge: float = 0.0,
    weights: ArrayLike | None = None,
    tol: float = 1e-8,
    max_steps: int = 50,
) -> LogisticModel:
    """Fit a logistic regression with an intercept, by IRLS.

    Args:
        X: data, one sample a row, shape (n, d).
        y: labels 0 and 1, integers, shape (n,).
        ridge: λ of the penalty λ/2 ‖w‖²; the intercept has none.
        weights: positive weights of the samples, shape (n,).
        tol: stop when a step moves no score by more than tol, relative
            to the largest score where that is above 1.
        max_steps: give up after so many steps.

    Returns:
        The minimiser of the weighted mean log-loss with its penalty.

    Raises:
        TypeError: if an argument is of the wrong kind.
        ValueError: if shapes do not match, a label is not 0 or 1, one
            class is missing, or features repeat and ridge is 0.
        SeparationError: if the classes are separated and ridge is 0.
        ConvergenceError: if the steps do not suffice.

    Source:
        Hastie, Tibshirani and Friedman (2009), section 4.4.1; eq.
        `claim:irls` of this book.
    """
    truth = asked.both(y)
    X, classes = asked.samples(X, truth.astype(np.intp))
    c, ridge = (
        asked.shares(weights, len(X)),
        check.not_negative(ridge, "ridge"),
    )
    scaled = standardised(X)
    if ridge == 0:
        full_rank(scaled.A)

    f = objective(scaled.A, truth, c, scaled.penalty(ridge))
    x0 = np.zeros(scaled.A.shape[1])
    try:
        path, losses = newton(f, x0, tol=tol, max_steps=max_steps)
    except SeparationError:
        raise
    except ConvergenceError as error:
        raise (explained(error, X, classes) if ridge == 0 else error) from None
    if ridge == 0:
        slopes = f.slopes(f.scores(path[-1]))
        refuse_separated(scaled.A, slopes, X, classes)
    return model(scaled, path, losses)


def objective(A: Array, y: Array, c: Array, r: Array) -> Objective:
    """Weighted log-loss of scores Ax with the penalty ½ Σ rⱼ xⱼ²."""
    sign = 2 * y - 1

    def value(x: Array, z: Array) -> float:
        return float(c @ softplus(-sign * z) + r @ x**2 / 2)

    def slopes(z: Array) -> Array:  # c(p − y), without the difference
        return np.asarray(-sign * c * sigmoid(-sign * z))

    def derivatives(x: Array, z: Array) -> tuple[Array, Array]:
        B = A.T * np.sqrt(c * sigmoid(z) * sigmoid(-z))
        return A.T @ slopes(z) + r * x, B @ B.T + np.diag(r)

    def watch(z: Array) -> None:
        if not r.any():
            refuse_margins(sign * z)

    return Objective(lambda x: A @ x, value, slopes, derivatives, watch)


def model(scaled: Scaled, path: Array, losses: Array) -> LogisticModel:
    """Iterates (T + 1, d + 1) of scaled features, in the given units."""
    w, b = scaled.weights(path[..., None])
    path = np.hstack([w[..., 0], b])
    return LogisticModel(path[-1, :-1], float(path[-1, -1]), path, losses)

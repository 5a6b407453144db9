"""A logistic regression by SGD, on features that it standardises itself.

Notation:
    A: ones and standardised features, shape (n, d + 1).
    r: penalty on each weight, shape (d + 1,), 0 for the intercept.
    i: indices of samples.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import sigmoid
from derivable.learning.classification import _checks as asked
from derivable.learning.classification._scaling import standardised
from derivable.learning.classification.logistic import (
    LogisticModel,
    model,
    objective,
)
from derivable.optimization.first_order import (
    Batches,
    FiniteSum,
    gradient_descent,
    sgd,
)
from derivable.optimization.problem import Problem

Indices = NDArray[np.intp]


def fit_sgd(  # noqa: PLR0913
    X: ArrayLike,
    y: ArrayLike,
    *,
    rng: np.random.Generator,
    learning_rate: float = 0.1,
    batch_size: int = 32,
    num_epochs: int = 20,
    ridge: float = 0.0,
) -> LogisticModel:
    """Fit a logistic regression by stochastic gradient descent.

    Means and standard deviations are those of X, and are part of the
    model: it takes new samples in the units of X.

    Separated classes are not refused. Without a ridge they have no
    minimiser, and the result depends on num_epochs.

    Args:
        X: training data, one sample a row, shape (n, d).
        y: labels 0 and 1, integers, shape (n,).
        rng: source of randomness for the order of the samples.
        learning_rate: constant step, positive.
        batch_size: samples in a step, at most n.
        num_epochs: how often to go through all samples.
        ridge: λ of λ/2 ‖w‖² for standardised features; the intercept
            has no penalty.

    Returns:
        The last iterate; its path has one for each epoch.

    Raises:
        TypeError: if an argument is of the wrong kind.
        ValueError: if shapes do not match, a label is not 0 or 1, or
            one class is missing.
        DivergenceError: if the steps are too large.

    Source:
        Bottou, Curtis and Nocedal (2018); eq. `claim:unbiased` of
        this book.
    """
    truth = asked.both(y)
    X, _ = asked.samples(X, truth.astype(np.intp))
    rate = check.positive(learning_rate, "learning_rate")
    scaled, ridge = standardised(X), check.not_negative(ridge, "ridge")
    penalty = np.full(scaled.A.shape[1], ridge)
    penalty[0] = 0.0

    path = sgd(
        log_losses(scaled.A, truth, penalty),
        np.zeros(len(penalty)),
        gradient_descent(rate),
        Batches(batch_size, rng),
        num_epochs=check.whole(num_epochs, "num_epochs", least=1),
    )
    return model(scaled, np.asarray(path.x), np.asarray(path.f))


def log_losses(A: Array, y: Array, r: Array) -> FiniteSum:
    """Mean log-loss of scores Ax of any batch, with ½ Σ rⱼ xⱼ²."""

    def batch(A: Array, y: Array) -> Problem:
        n = len(A)
        f = objective(A, y, np.full(n, 1 / n), r)

        def gradient(x: Array) -> Array:
            return np.asarray(A.T @ (sigmoid(A @ x) - y) / n + r * x)

        return Problem(lambda x: f.value(x, A @ x), gradient)

    return FiniteSum(batch, (A, y))


def stratified_split(
    y: ArrayLike, *, share: float = 0.2, rng: np.random.Generator
) -> tuple[Indices, Indices]:
    """Indices of a training and a test set, with the same mix of classes.

    Args:
        y: classes 0 … k − 1, each with two samples or more, shape (n,).
        share: of each class, how much is for the test, in (0, 1); it
            is rounded, and at least one sample is on either side.
        rng: source of randomness.

    Returns:
        Indices for training and for the test, both rising.

    Raises:
        TypeError: if y holds no integers, or rng is no generator.
        ValueError: if the share does not lie in (0, 1), or a class has
            fewer than two samples.
    """
    values = check.whole_numbers(y, "y")
    _, classes = asked.samples(np.ones((values.size, 1)), values)
    part = check.positive(check.fraction(share, "share"), "share")
    check.generator(rng)

    test = []
    for c in range(int(classes.max()) + 1):
        members = np.flatnonzero(classes == c)
        if len(members) < 2:
            raise ValueError(f"class {c} must have 2 samples, got 1")
        m = min(max(round(part * len(members)), 1), len(members) - 1)
        test.append(rng.permutation(members)[:m])
    held = np.sort(np.concatenate(test))
    kept = np.setdiff1d(np.arange(len(classes)), held)
    return kept, held

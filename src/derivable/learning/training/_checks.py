"""What is asked of the arrays of a normalisation."""

from typing import Any

from derivable import _validation as check
from derivable._validation import Array


def normalisation(
    X: Any, gamma: Any, beta: Any, epsilon: Any
) -> tuple[Array, Array, Array, float]:
    """A batch, and what stretches and shifts its features."""
    X = check.matrix(X, "X")
    g, b = (
        features(v, X.shape[1], name)
        for v, name in ((gamma, "gamma"), (beta, "beta"))
    )
    return X, g, b, check.not_negative(epsilon, "epsilon")


def features(v: Any, d: int, name: str) -> Array:
    """One number for each feature: nothing is broadcast."""
    return check.of_shape(check.real(v, name), (d,), name)


def several(X: Array) -> None:
    """Refuse a batch of one: its variance over the batch is 0."""
    if len(X) < 2:
        raise ValueError(
            "X must have two rows or more, to normalise over the batch, "
            f"got {X.shape}"
        )


def spread(variance: Array, epsilon: float) -> None:
    """Refuse a variance by which nothing can be divided."""
    check.real(variance, "the variance of X")
    if (variance + epsilon).min() <= 0:
        raise ValueError(
            "the variance of X plus epsilon must be positive, "
            f"got {variance.min()} + {epsilon}"
        )


def result(Y: Array, name: str) -> Array:
    """An array that float64 can hold."""
    return check.real(Y, name)

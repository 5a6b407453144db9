"""What is asked of samples, classes and weights."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability.bayes._checks import labels

Classes = NDArray[np.intp]


def samples(X: ArrayLike, y: ArrayLike) -> tuple[Array, Classes]:
    """A batch (n, d) and its classes 0 … k − 1, of which k ≥ 2 occur."""
    X = check.matrix(X, "X")
    classes = labels(y, len(X))
    if classes.max() == 0:
        raise ValueError("y must hold two classes or more, got only class 0")
    return X, classes


def binary(y: ArrayLike, name: str = "y") -> Array:
    """Labels 0 and 1, whole numbers, as floats of shape (n,)."""
    values = check.whole_numbers(y, name)
    if values.ndim != 1:
        raise ValueError(
            f"{name} must be a vector of shape (n,), got {values.shape}"
        )
    if values.min() < 0 or values.max() > 1:
        wrong = values[(values < 0) | (values > 1)][0]
        raise ValueError(f"{name} must hold labels 0 or 1, got {wrong}")
    return values.astype(np.float64)


def both(y: ArrayLike) -> Array:
    """`binary` labels of which neither is left out."""
    values = binary(y)
    if values.min() == values.max():
        raise ValueError(
            f"y must hold both classes, got only class {values[0]:.0f}"
        )
    return values


def shares(weights: ArrayLike | None, n: int) -> Array:
    """Positive weights of n samples, with the sum 1; None for equal ones."""
    if weights is None:
        return np.full(n, 1 / n)
    c = check.vector(weights, "weights")
    if c.shape != (n,):
        raise ValueError(f"weights must have shape ({n},), got {c.shape}")
    if c.min() <= 0:
        raise ValueError(f"weights must be positive, got {c.min()}")
    c = c / c.max()
    if c.min() == 0:
        raise ValueError(
            "weights must lie within 300 powers of ten, got a ratio of 0"
        )
    return np.asarray(c / c.sum())


def batch(X: ArrayLike, d: int) -> Array:
    """New samples of d features, shape (m, d)."""
    X = check.matrix(X, "X")
    if X.shape[1] != d:
        raise ValueError(f"X must have {d} columns, got {X.shape}")
    return X

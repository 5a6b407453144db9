"""What a distribution over finitely many outcomes must be."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability._checks import distribution


def pair(p: ArrayLike, q: ArrayLike) -> tuple[Array, Array]:
    """Two distributions over the same outcomes."""
    p, q = distribution(p), distribution(q, "q")
    if p.shape != q.shape:
        raise ValueError(f"q must have shape {p.shape}, got {q.shape}")
    return p, q


def joint(P: ArrayLike) -> Array:
    """A joint distribution of two variables, shape (r, c)."""
    return distribution(check.matrix(P, "P"), "P")


def positive(p: ArrayLike) -> Array:
    """A distribution without zeros, shape (k,)."""
    p = distribution(check.vector(p, "p"))
    if np.any(p == 0):
        at = int(np.argmin(p))
        raise ValueError(f"p must be positive, got 0 at index {at}")
    return p


def log_of(base: float) -> float:
    """The natural logarithm of a base, by which nats are divided."""
    value = check.number(base, "base")
    if value <= 1:
        raise ValueError(f"base must be above 1, got {value}")
    return math.log(value)


def labels(x: ArrayLike, name: str) -> NDArray[np.int64]:
    """Whole numbers, or True and False, shape (n,)."""
    values = check.reals(x, name)
    if values.ndim != 1:
        raise ValueError(
            f"{name} must be a vector of shape (n,), got {values.shape}"
        )
    if np.asarray(x).dtype == np.bool:
        return values.astype(np.int64)
    return check.whole_numbers(x, name)

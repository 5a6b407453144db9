"""What is asked of counts, labels and the prior of classes."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability._checks import distribution


def not_negative(x: ArrayLike, name: str) -> Array:
    """Finite numbers of at least zero, any shape."""
    values = check.real(x, name)
    if np.any(values < 0):
        at = tuple(int(i) for i in np.argwhere(values < 0)[0])
        raise ValueError(
            f"{name} must not be negative, got {values[at]} at index {at}"
        )
    return values


def labels(y: ArrayLike, n: int) -> NDArray[np.intp]:
    """Classes 0, 1, …, of which none is left out, shape (n,)."""
    values = check.whole_numbers(y, "y")
    if values.shape != (n,):
        raise ValueError(
            f"y must have one class for each of {n} samples, "
            f"got shape {values.shape}"
        )
    found = np.unique(values)
    wrong = np.flatnonzero(found != np.arange(len(found)))
    if len(wrong):
        raise ValueError(
            "y must count its classes from 0, each with a sample, "
            f"got class {found[wrong[0]]} and none of class {wrong[0]}"
        )
    return values.astype(np.intp)  # counted next: 32 bits in the browser


def class_prior(prior: ArrayLike | None, y: NDArray[np.intp]) -> Array:
    """The given probabilities of the classes, or their shares of y."""
    counts = np.bincount(y)
    if prior is None:
        return counts / len(y)
    values = distribution(prior, "prior")
    if values.shape != counts.shape:
        raise ValueError(
            f"prior must have one entry for each of {len(counts)} classes, "
            f"got shape {values.shape}"
        )
    if not np.all(values > 0):
        c = int(np.argmin(values))
        raise ValueError(f"prior must be positive, got 0 for class {c}")
    return values

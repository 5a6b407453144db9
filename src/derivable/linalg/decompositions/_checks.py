"""What the decompositions ask of their input beyond shape and finiteness."""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array

EPS = float(np.finfo(np.float64).eps)
ASYMMETRY = 1e-10  # largest |A - Aᵀ| that passes, relative to max |A|


def symmetric(A: ArrayLike, name: str = "A") -> Array:
    """A finite real symmetric array of shape (n, n), made exactly so."""
    values = check.square(A, name)
    gap = np.abs(values / 2 - values.T / 2) * 2
    if np.max(gap) > ASYMMETRY * np.max(np.abs(values)):
        i, j = (int(a) for a in np.unravel_index(np.argmax(gap), gap.shape))
        raise ValueError(
            f"{name} must be symmetric, got {values[i, j]} at index "
            f"{(i, j)} and {values[j, i]} at {(j, i)}"
        )
    return values / 2 + values.T / 2


def weights(W: ArrayLike, name: str) -> Array:
    """A finite array of shape (n, n) without negative entries."""
    values = check.square(W, name)
    if np.min(values) < 0:
        raise ValueError(f"{name} must not be negative, got {np.min(values)}")
    return values


def count(k: int, most: int, name: str = "k") -> int:
    """An integer from 1 to `most`."""
    if isinstance(k, bool) or not isinstance(k, (int, np.integer)):
        raise TypeError(f"{name} must be an integer, got {type(k).__name__}")
    if not 1 <= k <= most:
        raise ValueError(f"{name} must lie in 1 to {most}, got {k}")
    return int(k)


def fraction(value: float, name: str) -> float:
    """A number from 0 up to, not including, 1."""
    found = check.number(value, name)
    if not 0 <= found < 1:
        raise ValueError(f"{name} must lie in [0, 1), got {found}")
    return found

"""What a sample must be before something is estimated from it."""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS, scaled
from derivable._validation import Array
from derivable.probability._checks import distribution

SPREAD = 8 * EPS  # of the largest entry: what rounding makes of equal ones


def weights(p: ArrayLike, length: int, name: str) -> Array:
    """Probabilities of as many outcomes, which sum to 1, shape (length,)."""
    values = distribution(check.vector(p, name), name)
    if len(values) != length:
        raise ValueError(
            f"{name} must have {length} entries, got {len(values)}"
        )
    return values


def varied(x: Array, name: str) -> None:
    """Refuse numbers that are equal but for rounding."""
    y, _ = scaled(x)
    if np.ptp(y) <= SPREAD * np.max(np.abs(y)):
        raise ValueError(f"{name} must vary, got {len(x)} times {x[0]}")


def several(x: ArrayLike, least: int, name: str) -> Array:
    """A vector with at least so many entries."""
    values = check.vector(x, name)
    if len(values) < least:
        raise ValueError(
            f"{name} must have at least {least} entries, got {len(values)}"
        )
    return values


def inside(level: ArrayLike, name: str = "level") -> float:
    """A number between 0 and 1, neither of them."""
    value = check.number(level, name)
    if not 0 < value < 1:
        raise ValueError(f"{name} must lie in (0, 1), got {value}")
    return value

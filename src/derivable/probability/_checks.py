"""What is asked of probabilities and distributions."""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS
from derivable._validation import Array

# A softmax in float32 misses 1 by a few of its ε = 1.2e-7. What misses by
# more is a slip: a lost class, percentages, digits cut off.
SUM_ERROR = 1e-6
ROUNDING = 8 * EPS  # 1 − 0.9 − 0.1 is −3e-17, and means 0


def probability(x: ArrayLike, name: str) -> float:
    """A number from 0 to 1, both included."""
    return float(probabilities(check.number(x, name), name))


def probabilities(x: ArrayLike, name: str) -> Array:
    """Numbers from 0 to 1, both included, any shape."""
    values = check.real(x, name)
    _between(values, 0.0, 1.0, name)
    return values


def distribution(p: ArrayLike, name: str = "p") -> Array:
    """Probabilities of any shape with the sum 1, scaled to it exactly."""
    values = check.real(p, name)
    if values.ndim == 0:
        raise ValueError(
            f"{name} must hold probabilities, got a number: {values}"
        )
    _between(values, -ROUNDING, 1 + SUM_ERROR, name)
    values = np.maximum(values, 0.0)
    total = float(np.sum(values))
    if abs(total - 1) > SUM_ERROR:
        raise ValueError(f"{name} must sum to 1, got the sum {total:.9g}")
    return np.asarray(values / total)


def _between(values: Array, low: float, high: float, name: str) -> None:
    outside = np.argwhere((values < low) | (values > high))
    if len(outside):
        at = tuple(int(i) for i in outside[0])
        place = f" at index {at}" if at else ""
        raise ValueError(f"{name} must lie in [0, 1], got {values[at]}{place}")

"""From a probability to a decision, and classes that are rare.

Notation:
    a, b: costs of a false alarm and of a miss.
    v: weight of a sample.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.classification._checks import samples


def cost_threshold(false_positive: float, false_negative: float) -> float:
    """The probability from which on calling 1 costs less on average.

    Args:
        false_positive: cost of calling a zero 1, positive.
        false_negative: cost of calling a one 0, positive.

    Returns:
        a / (a + b), between 0 and 1.

    Raises:
        TypeError: if a cost is not real.
        ValueError: if a cost is not positive.

    Source:
        Elkan (2001); eq. `claim:cost-threshold` of this book.
    """
    a = check.positive(false_positive, "false_positive")
    b = check.positive(false_negative, "false_negative")

    return float(1 / (1 + b / a)) if b <= a else float(a / b / (1 + a / b))


def balanced_weights(y: ArrayLike) -> Array:
    """Weights of samples with which every class weighs the same.

    Args:
        y: classes 0 … k − 1, each with a sample, shape (n,).

    Returns:
        n / (k nᵧ), with the mean 1, shape (n,).

    Raises:
        TypeError: if y holds no integers.
        ValueError: if y is no vector, or there is one class only.

    Source:
        eq. `claim:weighted-odds` of this book.
    """
    values = check.whole_numbers(y, "y")
    if values.ndim != 1:
        raise ValueError(
            f"y must be a vector of shape (n,), got {values.shape}"
        )
    _, classes = samples(np.ones((len(values), 1)), values)

    counts = np.bincount(classes)
    return np.asarray(len(values) / (len(counts) * counts[classes]))

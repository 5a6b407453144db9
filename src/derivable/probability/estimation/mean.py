"""Expectation: a mean with weights.

Notation:
    x: values, shape (m,); p: their probabilities, shape (m,).
"""

from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable.probability.estimation import _sample


def expectation(values: ArrayLike, probabilities: ArrayLike) -> float:
    """The mean of values, each as heavy as it is likely.

    Args:
        values: what can happen, x or g(x), shape (m,).
        probabilities: of each, at least 0 with sum 1, shape (m,).

    Returns:
        Σ pᵢ xᵢ.

    Raises:
        TypeError: if an input is not real.
        ValueError: if values is no vector, or probabilities has another
            length, a negative entry or another sum.

    Source:
        eq. `def:expectation` of this book.
    """
    x = check.vector(values, "values")
    p = _sample.weights(probabilities, len(x), "probabilities")

    return float(p @ x)  # eq. def:expectation

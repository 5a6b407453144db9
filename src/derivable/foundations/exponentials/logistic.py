"""Probabilities from scores and back, and what a wrong one costs.

Notation:
    z: a score, the logarithm of the odds; any shape.
    p: a probability, σ(z).
    y: the truth, 0 or 1, or a probability between.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus.derivatives.activations import softplus


def logit(p: ArrayLike) -> Array:
    """The score whose sigmoid is p: the logarithm of the odds.

    Around 1/2 the odds are near 1. There `log1p` takes their distance
    from 1, which is computed without cancellation.

    Args:
        p: probabilities, any shape.

    Returns:
        ln(p / (1 − p)), shape of p.

    Raises:
        TypeError: if p is not real.
        ValueError: if p is empty, or one does not lie in (0, 1).

    Source:
        eq. `claim:logit` of this book.
    """
    p = check.real(p, "p")
    wrong = (p <= 0) | (p >= 1)
    if wrong.any():
        at = tuple(int(i) for i in np.argwhere(wrong)[0])
        where = f" at index {at}" if at else ""
        raise ValueError(f"p must lie in (0, 1), got {p[at]}{where}")

    q = np.maximum(p, 0.3)
    near = np.log1p((2 * q - 1) / (1 - q))
    return np.where(p < q, np.log(p / (1 - p)), near)


def binary_cross_entropy_with_logits(z: ArrayLike, y: ArrayLike) -> Array:
    """What score z costs where the truth is y, in nats.

    Both terms are positive, so nothing cancels; no probability is
    computed, so nothing is rounded to 0 or 1.

    Args:
        z: scores, any shape.
        y: truths in [0, 1], shape of z.

    Returns:
        −y ln σ(z) − (1 − y) ln σ(−z), shape of z; the mean is yours.

    Raises:
        TypeError: if z or y is not real.
        ValueError: if a value is not finite, the shapes differ, or a y
            does not lie in [0, 1].

    Source:
        eq. `claim:log-loss` of this book.
    """
    z = check.real(z, "z")
    y = check.of_shape(check.real(y, "y"), z.shape, "y")
    wrong = (y < 0) | (y > 1)
    if wrong.any():
        at = tuple(int(i) for i in np.argwhere(wrong)[0])
        where = f" at index {at}" if at else ""
        raise ValueError(f"y must lie in [0, 1], got {y[at]}{where}")

    return np.asarray(y * softplus(-z) + (1 - y) * softplus(z))

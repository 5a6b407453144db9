"""Dropout: units that are left out by chance.

Notation:
    A: activations, one sample a row, shape (n, d).
    D: the mask, 0 or 1/(1 − p), shape (n, d).
    p: rate, the probability to leave out.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array


def dropout(
    A: ArrayLike, rate: float, *, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Leave out entries by chance, and enlarge those that stay.

    At evaluation nothing is left out and nothing enlarged: do not call
    it there. The way back multiplies the adjoint by the same mask.

    Args:
        A: activations, any shape.
        rate: probability p to leave out an entry, in [0, 1).
        rng: source of randomness.

    Returns:
        A ⊙ D and the mask D, whose entries are 0 or 1/(1 − p).

    Raises:
        TypeError: if A is not real, or rng no Generator.
        ValueError: if A is not finite or too large to be enlarged, or
            the rate does not lie in [0, 1).

    Source:
        Srivastava et al. (2014), section 4, in the form that is scaled
        in training; eq. `def:dropout` of this book.
    """
    A, p = check.real(A, "A"), check.fraction(rate, "rate")
    check.generator(rng)

    D = (rng.random(A.shape) >= p) / (1 - p)  # eq. def:dropout
    with np.errstate(over="ignore"):
        return check.real(A * D, "A / (1 - rate)"), D

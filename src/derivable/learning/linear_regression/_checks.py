"""What the fits of this chapter ask of their data.

Notation:
    X, y: features and targets, shapes (n, d) and (n,).
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array


def samples(X: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Features and targets with one target for each row."""
    X, y = check.matrix(X, "X"), check.real(y, "y")
    if y.shape != (len(X),):
        raise ValueError(
            f"y must have shape ({len(X)},), one target for each row of X, "
            f"got {y.shape} beside X of {X.shape}"
        )
    return X, y


def centred(y: Array) -> tuple[Array, float]:
    """The targets about their mean, and the mean."""
    small, e = precision.scaled(y)
    mean = float(np.ldexp(np.mean(small), e))
    with np.errstate(over="ignore"):
        return check.real(y - mean, "y − its mean"), mean

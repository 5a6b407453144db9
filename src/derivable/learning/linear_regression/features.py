"""New columns out of old ones; the model stays linear in its weights.

Notation:
    X: features, one sample a row, shape (n, d).
    m: how many columns come out.
"""

from itertools import combinations_with_replacement
from math import comb

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array

LIMIT = 10_000  # columns


def with_intercept(X: ArrayLike) -> Array:
    """A column of ones before the others: its weight is the intercept.

    Args:
        X: features, shape (n, d).

    Returns:
        Shape (n, 1 + d).

    Raises:
        TypeError: if X is not real.
        ValueError: if X is not a finite matrix.

    Source:
        eq. `def:linear-model` of this book.
    """
    X = check.matrix(X, "X")

    return np.column_stack([np.ones(len(X)), X])


def polynomial_features(X: ArrayLike, degree: int) -> Array:
    """All products of up to `degree` columns, the constant left out.

    Args:
        X: features, shape (n, d).
        degree: of the largest products, at least 1.

    Returns:
        Shape (n, m), m = C(d + degree, degree) − 1; the columns of X
        first, then products of two, and so on.

    Raises:
        TypeError: if X is not real, or degree no whole number.
        ValueError: if X is not a finite matrix, degree is below 1, more
            than 10 000 columns would come out, or a product leaves
            float64.

    Source:
        eq. `claim:monomials` of this book.
    """
    X, degree = check.matrix(X, "X"), check.whole(degree, "degree", least=1)
    d = X.shape[1]
    m = comb(d + degree, min(d, degree)) - 1
    if m > LIMIT:
        raise ValueError(
            f"degree must leave at most {LIMIT} columns, got {m:.3g} of "
            f"degree {degree}"
        )

    with np.errstate(over="ignore"):
        made = [
            np.prod(X[:, list(which)], axis=1)
            for k in range(1, degree + 1)
            for which in combinations_with_replacement(range(d), k)
        ]
    return check.real(np.column_stack(made), "a product of columns")

"""How much a linear system magnifies the errors of its data.

Notation:
    A: a matrix, shape (m, n) with m ≥ n.
    s: its singular values, falling, shape (n,).
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check


def condition_number(A: ArrayLike) -> float:
    """Largest stretch of A over its smallest.

    Args:
        A: matrix, shape (m, n) with m ≥ n.

    Returns:
        κ(A) ≥ 1 in the Euclidean norm; infinity if the smallest stretch
        is computed as 0. Where it is much above 1e15, the smallest
        stretch is rounding, and κ says no more than that.

    Raises:
        TypeError: if A is not real.
        ValueError: if A is no matrix, empty, not finite, or wider than
            high.

    Source:
        eq. `def:condition-number` of this book.
    """
    A = check.matrix(A)
    m, n = A.shape
    if m < n:
        raise ValueError(f"A must have m ≥ n rows, got shape {A.shape}")

    s = np.linalg.svd(precision.scaled(A)[0], compute_uv=False)
    with np.errstate(over="ignore"):
        return float(s[0] / s[-1]) if s[-1] else float("inf")

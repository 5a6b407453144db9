"""One sentence that says what the chapter on estimation computes.

Notation:
    x: a vector, shape (n,).
"""

from numpy.typing import ArrayLike

from derivable import _validation as check


def estimation_example(x: ArrayLike) -> float:
    """Sum of the squares of x.

    Args:
        x: numbers, shape (n,).

    Returns:
        xᵀx, one number.

    Raises:
        TypeError: if x is not real.
        ValueError: if x is not a vector, is empty or is not finite.

    Source:
        eq. `def:estimation` of this book.
    """
    x = check.vector(x)

    return float(x @ x)

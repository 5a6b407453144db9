"""The order in which a product of many matrices is cheapest.

Notation:
    dims: matrix i has shape (dims[i], dims[i + 1]).
    cost: least number of multiply-adds of a part of the chain.
"""

import operator
from collections.abc import Sequence
from typing import Any

from derivable import _validation as check

Order = Any  # a matrix's number, or a pair of orders


def matrix_chain(dims: Sequence[int]) -> tuple[int, Order]:
    """Cheapest order for a product of matrices of given shapes.

    Args:
        dims: k + 1 numbers; matrix i has shape (dims[i], dims[i + 1]).

    Returns:
        The number of multiply-adds, and the order as nested pairs of the
        matrices' numbers: ((0, 1), 2) multiplies the first two first.

    Raises:
        TypeError: if dims is not of whole numbers.
        ValueError: if dims has fewer than two numbers or one is not
            positive.

    Source:
        eq. `claim:chain` of this book; Godbole (1973).
    """
    dims = check.counts(dims, "dims", least=1)
    if len(dims) < 2:
        raise ValueError(f"dims must have two numbers or more, got {dims}")

    k = len(dims) - 1
    best: dict[tuple[int, int], tuple[int, Order]] = {}
    for i in range(k):
        best[i, i] = 0, i
    for length in range(1, k):
        for i in range(k - length):
            j = i + length
            options = []
            for s in range(i, j):
                (left, a), (right, b) = best[i, s], best[s + 1, j]
                last = dims[i] * dims[s + 1] * dims[j + 1]
                options.append((left + right + last, (a, b)))
            best[i, j] = min(options, key=operator.itemgetter(0))
    return best[0, k - 1]

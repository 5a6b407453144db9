"""A dense layer before its activation, and what it costs.

Notation:
    X: a batch, one sample a row, shape (n, d).
    W: weights, shape (d, k).
    b: bias, shape (k,).
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array


def dense(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> Array:
    """Weighted sums of a dense layer, X W + b.

    Args:
        X: a batch, shape (n, d).
        W: weights, one column a neuron, shape (d, k).
        b: bias, shape (k,), added to every row.

    Returns:
        Z, shape (n, k).

    Raises:
        TypeError: if X, W or b is not real.
        ValueError: if a shape does not fit, or a value of X, W, b or Z is
            not finite.

    Source:
        eq. `def:dense` of this book.
    """
    X, W, b = check.matrix(X, "X"), check.matrix(W, "W"), check.vector(b, "b")
    d, k = W.shape
    if X.shape[1] != d:
        raise ValueError(f"X must have shape (n, {d}), got {X.shape}")
    if b.shape != (k,):
        raise ValueError(f"b must have shape ({k},), got {b.shape}")

    with np.errstate(over="ignore", invalid="ignore"):
        return check.real(X @ W + b, "X W + b")


def dense_flops(n: int, sizes: Sequence[int], *, bias: bool = True) -> int:
    """Floating-point operations of a chain of dense layers.

    A multiplication and an addition count one each, as d products and
    d − 1 sums for an entry would, rounded up to 2 d; activations count
    nothing.

    Args:
        n: batch size.
        sizes: widths, input first; two or more.
        bias: whether each layer adds a bias, n k more.

    Returns:
        The sum of 2 n d k, and of n k with a bias, over the layers.

    Raises:
        TypeError: if n or a width is no whole number, or bias is neither
            True nor False.
        ValueError: if one is not positive or there are fewer than two.

    Source:
        eq. `claim:flops` of this book.
    """
    n = check.whole(n, "n", least=1)
    widths = check.counts(sizes, "sizes", least=1)
    if len(widths) < 2:
        raise ValueError(f"sizes must have two widths or more, got {widths}")
    bias = check.flag(bias, "bias")

    layers = pairwise(widths)
    return sum(2 * n * d * k + bias * n * k for d, k in layers)

"""Whole numbers above zero, for sizes and numbers of trials."""

import operator


def count(n: int, name: str) -> int:
    """A whole number of at least 1."""
    try:
        n = operator.index(n)
    except TypeError:
        kind = type(n).__name__
        raise TypeError(f"{name} must be a whole number, got {kind}") from None
    if n < 1:
        raise ValueError(f"{name} must be positive, got {n}")
    return n

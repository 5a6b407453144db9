"""Bases: spans, independence and rank, coordinates, orthonormal columns.

Notation:
    A: vectors as columns, shape (m, n).
    Q: orthonormal columns, QᵀQ = I.
    w: weights of a combination, shape (n,).
"""

from derivable.linalg.bases.spaces import (
    Combination,
    combination,
    coordinates,
    gram_schmidt,
    rank,
)

__all__ = [
    "Combination",
    "combination",
    "coordinates",
    "gram_schmidt",
    "rank",
]

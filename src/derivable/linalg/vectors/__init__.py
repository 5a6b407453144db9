"""Vectors: products, lengths and angles, and a search by angle.

Notation:
    u, v, x: vectors, shape (n,).
    θ: an angle, in radians.
"""

from derivable.linalg.vectors.products import (
    angle,
    cosine_similarity,
    cross,
    distance,
    dot,
    norm,
    projection,
    unit,
)
from derivable.linalg.vectors.search import (
    NOTES,
    bag_of_words,
    cosine_search,
)

__all__ = [
    "NOTES",
    "angle",
    "bag_of_words",
    "cosine_search",
    "cosine_similarity",
    "cross",
    "distance",
    "dot",
    "norm",
    "projection",
    "unit",
]

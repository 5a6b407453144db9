"""Vectors: products and lengths, spans and bases, and a search by angle.

Notation:
    u, v, x: vectors, shape (n,).
    A: vectors as columns, shape (m, n).
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
from derivable.linalg.vectors.spaces import (
    Combination,
    combination,
    coordinates,
    gram_schmidt,
    rank,
)

__all__ = [
    "NOTES",
    "Combination",
    "angle",
    "bag_of_words",
    "combination",
    "coordinates",
    "cosine_search",
    "cosine_similarity",
    "cross",
    "distance",
    "dot",
    "gram_schmidt",
    "norm",
    "projection",
    "rank",
    "unit",
]

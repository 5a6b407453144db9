"""Linear algebra: vectors, matrices, decompositions and tensors."""

from derivable.linalg.vectors import (
    NOTES,
    Combination,
    angle,
    bag_of_words,
    combination,
    coordinates,
    cosine_search,
    cosine_similarity,
    cross,
    distance,
    dot,
    gram_schmidt,
    norm,
    projection,
    rank,
    unit,
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

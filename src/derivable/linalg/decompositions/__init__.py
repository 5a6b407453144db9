"""Eigenvalues, the singular value decomposition and what is built on them.

Notation:
    A: a matrix, shape (m, n); square where eigenvalues are meant.
    lam: eigenvalues, shape (n,), largest first.
    Q: orthonormal eigenvectors, one a column.
    U, s, Vt: A = U diag(s) Vt, with the singular values s largest first.
    k: how many directions are kept.
"""

from derivable.linalg.decompositions.clustering import spectral_clustering
from derivable.linalg.decompositions.eigen import (
    PowerIteration,
    eigen_symmetric,
    power_iteration,
)
from derivable.linalg.decompositions.graphs import (
    google_matrix,
    laplacian,
    pagerank,
)
from derivable.linalg.decompositions.landscape import picture
from derivable.linalg.decompositions.principal import PCA, pca
from derivable.linalg.decompositions.recommender import Factors, als
from derivable.linalg.decompositions.singular import (
    Subspaces,
    gram_svd,
    low_rank,
    pseudo_inverse,
    subspaces,
)

__all__ = [
    "PCA",
    "Factors",
    "PowerIteration",
    "Subspaces",
    "als",
    "eigen_symmetric",
    "google_matrix",
    "gram_svd",
    "laplacian",
    "low_rank",
    "pagerank",
    "pca",
    "picture",
    "power_iteration",
    "pseudo_inverse",
    "spectral_clustering",
    "subspaces",
]

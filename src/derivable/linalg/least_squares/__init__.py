"""Least squares: projections, reflections, and what they buy.

Notation:
    A: a matrix, shape (m, n), m observations of n unknowns.
    b: right-hand side, shape (m,).
    x: unknowns, shape (n,); r = b − A x is the residual.
    Q, R: A = Q R, orthonormal columns and upper triangle.
"""

from derivable.linalg.least_squares.bases import congruence, similarity
from derivable.linalg.least_squares.eigenvalues import (
    QRIteration,
    qr_algorithm,
    tridiagonal,
)
from derivable.linalg.least_squares.householder import (
    householder,
    qr,
    qr_lstsq,
)
from derivable.linalg.least_squares.penalised import (
    filter_factors,
    ridge,
    weighted_lstsq,
)
from derivable.linalg.least_squares.projections import projector, r_squared
from derivable.linalg.least_squares.randomized import (
    randomized_svd,
    range_finder,
)
from derivable.linalg.least_squares.solvers import (
    LinearSolution,
    lstsq,
    normal_equations,
)
from derivable.linalg.least_squares.updates import (
    rls_update,
    sherman_morrison,
)

__all__ = [
    "LinearSolution",
    "QRIteration",
    "congruence",
    "filter_factors",
    "householder",
    "lstsq",
    "normal_equations",
    "projector",
    "qr",
    "qr_algorithm",
    "qr_lstsq",
    "r_squared",
    "randomized_svd",
    "range_finder",
    "ridge",
    "rls_update",
    "sherman_morrison",
    "similarity",
    "tridiagonal",
    "weighted_lstsq",
]

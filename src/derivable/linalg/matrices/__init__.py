"""Matrices as maps: products, elimination, conditioning, layers."""

from derivable.linalg.matrices.conditioning import condition_number
from derivable.linalg.matrices.elimination import (
    LU,
    cholesky,
    determinant,
    inverse,
    lu,
    lu_solve,
)
from derivable.linalg.matrices.layers import dense, dense_flops
from derivable.linalg.matrices.products import matrix_chain
from derivable.linalg.matrices.transforms import (
    affine,
    apply_affine,
    linearity_gap,
    projection_matrix,
    reflection,
    rotation,
    shear,
)

__all__ = [
    "LU",
    "affine",
    "apply_affine",
    "cholesky",
    "condition_number",
    "dense",
    "dense_flops",
    "determinant",
    "inverse",
    "linearity_gap",
    "lu",
    "lu_solve",
    "matrix_chain",
    "projection_matrix",
    "reflection",
    "rotation",
    "shear",
]

"""Implicit differentiation: derivatives of what an equation defines."""

from derivable.calculus.implicit.coloring import (
    color_columns,
    sparse_jacobian,
)
from derivable.calculus.implicit.custom import custom_vjp, stop_gradient
from derivable.calculus.implicit.fixed import fixed_point
from derivable.calculus.implicit.kronecker import solve_sylvester, unvec, vec
from derivable.calculus.implicit.roots import implicit_jacobian, root
from derivable.calculus.implicit.square_root import matrix_sqrt

__all__ = [
    "color_columns",
    "custom_vjp",
    "fixed_point",
    "implicit_jacobian",
    "matrix_sqrt",
    "root",
    "solve_sylvester",
    "sparse_jacobian",
    "stop_gradient",
    "unvec",
    "vec",
]

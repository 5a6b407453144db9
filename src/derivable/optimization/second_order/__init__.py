"""Second-order methods: curvature known, learned, or seen in products.

One chapter of the book; every public name is reachable from here.
"""

from derivable.optimization.second_order._run import Descent, StoppedError
from derivable.optimization.second_order.conjugate import conjugate_gradient
from derivable.optimization.second_order.least_squares import (
    LeastSquares,
    gauss_newton,
    levenberg_marquardt,
)
from derivable.optimization.second_order.limited_memory import lbfgs, two_loop
from derivable.optimization.second_order.line_search import (
    LineSearchError,
    Trial,
    wolfe_line_search,
)
from derivable.optimization.second_order.newton import (
    newton_direction,
    newton_minimize,
)
from derivable.optimization.second_order.quasi_newton import bfgs, bfgs_update
from derivable.optimization.second_order.simplex import nelder_mead
from derivable.optimization.second_order.trust import (
    trust_region,
    trust_region_step,
)

__all__ = [
    "Descent",
    "LeastSquares",
    "LineSearchError",
    "StoppedError",
    "Trial",
    "bfgs",
    "bfgs_update",
    "conjugate_gradient",
    "gauss_newton",
    "lbfgs",
    "levenberg_marquardt",
    "nelder_mead",
    "newton_direction",
    "newton_minimize",
    "trust_region",
    "trust_region_step",
    "two_loop",
    "wolfe_line_search",
]

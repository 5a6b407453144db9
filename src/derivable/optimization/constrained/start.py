"""Where a run starts: a point, its units, and derivatives that are right.

Notation:
    x: the start, shape (n,).
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import gradient_check, jacobian
from derivable.optimization.constrained.problem import ConstrainedProblem
from derivable.optimization.constrained.units import Units, measure

ROUGH = 1e-3  # a gradient that is further off than this is wrong


def start(problem: ConstrainedProblem, x0: ArrayLike) -> tuple[Array, Units]:
    """The start as a vector, its units, and a check of derivatives there.

    Args:
        problem: objective and constraints.
        x0: start, shape (n,).

    Returns:
        x0, and the units of the problem there.

    Raises:
        TypeError: if problem is no ConstrainedProblem.
        ValueError: if x0 is no finite vector, or a derivative that was
            given is wrong there.
    """
    check.instance(problem, ConstrainedProblem, "problem")
    x = check.vector(x0, "x0")
    units = measure(problem, x)
    own, z = units.scaled(problem), x / units.x
    if problem.gradient is not None:
        found = gradient_check(own.f, own.slope, z, tolerance=ROUGH)
        if not found.passed:
            raise ValueError(
                f"gradient must be that of f, got {problem.slope(x)} at x0 "
                f"= {x}; see gradient_check(f, gradient, x0)"
            )
    if problem.equality_jacobian is not None:
        _check_rows("equality", own.h_jacobian(z), jacobian(own.h, z))
    if problem.inequality_jacobian is not None:
        _check_rows("inequality", own.g_jacobian(z), jacobian(own.g, z))
    return x, units


def _check_rows(name: str, given: Array, measured: Array) -> None:
    gap = np.abs(given - measured)
    if np.max(gap) > ROUGH * (1 + np.max(np.abs(measured))):
        raise ValueError(
            f"{name}_jacobian must be that of the constraints, got an "
            f"error of {np.max(gap):.2g} at x0; see gradient_check"
        )

"""Minimisers of a charge, found in the units of where they lie.

Notation:
    x: a point, shape (n,).
    nu, lam: multipliers of equalities (p,) and of inequalities (m,).
    rho: the penalty.
"""

from collections.abc import Callable

import numpy as np

from derivable._validation import Array, ConvergenceError
from derivable.optimization.constrained.charges import quadratic
from derivable.optimization.constrained.merit import (
    Merit,
    UnboundedError,
    descend,
)
from derivable.optimization.constrained.problem import ConstrainedProblem
from derivable.optimization.constrained.units import ScaledProblem, Units

TOL = 1e-8


def charged(
    problem: ConstrainedProblem,
    x: Array,
    units: Units,
    price: tuple[float, Array, Array],
    tol: float = TOL,
) -> tuple[Array, Units, Array, Array]:
    """The minimiser for a price (ρ, ν, λ), and better ν and λ."""
    rho, nu, lam = price

    def charge(own: ScaledProblem, u: Units) -> Merit:
        steep = rho * u.h**2 / u.f, rho * u.g**2 / u.f
        return quadratic(own, *steep, nu * u.h / u.f, lam * u.g / u.f)

    return settled(problem, x, units, charge, tol / 10)


def settled(
    problem: ConstrainedProblem,
    x: Array,
    units: Units,
    charge: Callable[[ScaledProblem, Units], Merit],
    tol: float = 1e-9,
) -> tuple[Array, Units, Array, Array]:
    """A minimiser x, units there, and its multipliers.

    Where the units at x are far below those it was found with, it is
    found again: it is right to tol in its own.
    """
    for _ in range(4):
        merit = charge(units.scaled(problem), units)
        try:
            with np.errstate(over="ignore", invalid="ignore"):
                z = descend(merit, x / units.x, tol=tol)
        except UnboundedError as error:
            raise ConvergenceError(str(error)) from None
        nu, lam = merit.multipliers(z)
        nu, lam = nu * units.f / units.h, lam * units.f / units.g
        before, x = units, units.x * z
        units = units.at(problem, x)
        if units.f * before.x >= before.f * units.x / 8:
            break
    return x, units, nu, lam

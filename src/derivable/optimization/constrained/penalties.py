"""Constraints as a price: penalty, augmented Lagrangian and barrier.

Notation:
    x: a point, shape (n,).
    nu, lam: multipliers of equalities (p,) and of inequalities (m,).
    rho: the penalty.
    mu: the weight of the barrier.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array, ConvergenceError
from derivable.optimization.constrained.charges import logarithmic
from derivable.optimization.constrained.kkt import kkt_residual
from derivable.optimization.constrained.merit import Merit
from derivable.optimization.constrained.problem import (
    HUGE,
    ConstrainedProblem,
)
from derivable.optimization.constrained.settle import charged, settled
from derivable.optimization.constrained.start import start
from derivable.optimization.constrained.units import ScaledProblem, Units

Point = tuple[Array, Array, Array, float]  # x, nu, lam and the parameter
GROWTH = 10.0  # of a penalty that leaves more than a quarter
STEEP = 1e8  # times its unit: no penalty grows beyond it


@dataclass(frozen=True)
class ConstrainedPath:
    """Points on the way to a solution, with estimates of multipliers.

    Attributes:
        x: points, shape (T, n).
        nu: multipliers of the equalities, shape (T, p).
        lam: multipliers of the inequalities, shape (T, m).
        parameter: rho or mu of each point, shape (T,).
        residual: the largest violation of KKT at each, shape (T,).
    """

    x: Array
    nu: Array
    lam: Array
    parameter: Array
    residual: Array


def quadratic_penalty(
    problem: ConstrainedProblem,
    x0: ArrayLike,
    *,
    penalties: Iterable[float] | None = None,
) -> ConstrainedPath:
    """Minimise f + ρ/2 (‖h‖² + ‖max(g, 0)‖²) for growing ρ.

    Args:
        problem: objective and constraints.
        x0: start, shape (n,); each minimiser starts the next.
        penalties: the values of ρ, in units of f / h²; if None, 1, 10,
            … 10⁴ times the change of f over the squared change of the
            constraints near x0.

    Returns:
        A point for each ρ, with the estimates ν = ρh, λ = ρ max(g, 0).

    Raises:
        TypeError: if problem is no ConstrainedProblem.
        ValueError: if a penalty is not positive or a derivative wrong.
        ConvergenceError: if a minimum is not found, as for an unbounded
            problem, or the violation does not fall: infeasible.

    Source:
        eq. `claim:penalty-violation` of this book.
    """
    x, units = start(problem, x0)
    rhos = _parameters(penalties, "a penalty", units.penalty, range(5))
    none = np.zeros(units.h.size), np.zeros(units.g.size)
    points, left, first = [], [], units
    for rho in rhos:
        x, units, nu, lam = charged(problem, x, units, (rho, *none))
        points.append((x, nu, lam, rho))
        left.append(_violation(first.scaled(problem), x / first.x))
    grown = rhos[-1] / rhos[max(len(rhos) - 2, 0)]
    if grown >= 2 and left[-1] > max(1e-6, 0.9 * left[-2]):
        raise ConvergenceError(
            f"the violation stays at {_violation(problem, x):.3g} while the "
            f"penalty grows {grown:g} times: the problem is infeasible"
        )
    return _path(problem, points, units)


def augmented_lagrangian(
    problem: ConstrainedProblem,
    x0: ArrayLike,
    *,
    penalty: float | None = None,
    tol: float = 1e-7,
    max_steps: int = 100,
) -> ConstrainedPath:
    """Let multipliers take over what a penalty leaves.

    Args:
        problem: objective and constraints.
        x0: start, shape (n,).
        penalty: ρ, in units of f / h², the same in all steps; any for a
            convex problem that has multipliers, else large enough. If
            None, 10 times the change of f over the squared change of
            the constraints near x0, and tenfold wherever a step leaves
            more than a quarter of the violation.
        tol: stop when the largest violation of KKT is at most this, in
            the units of the problem: what f and the constraints change
            by near x.
        max_steps: give up after so many minimisations.

    Returns:
        The minimiser of each step, and the multipliers after it.

    Raises:
        TypeError: if problem is no ConstrainedProblem.
        ValueError: if penalty is not positive or a derivative wrong.
        ConvergenceError: if a minimum is not found, as for an unbounded
            problem, or KKT is violated by more than tol after
            max_steps, as for an infeasible one, or one without
            multipliers.

    Source:
        eq. `def:augmented`; Nocedal and Wright (2006), section 17.3.
    """
    tol = check.positive(tol, "tol")
    max_steps = check.whole(max_steps, "max_steps", least=1)
    x, units = start(problem, x0)
    rho = 10 * units.penalty
    if penalty is not None:
        rho = check.positive(penalty, "penalty")
    steep = (STEEP if penalty is None else 1.0) * rho
    nu, lam = np.zeros(units.h.size), np.zeros(units.g.size)
    points: list[Point] = []
    left = np.inf
    for _ in range(max_steps):
        try:
            x, units, nu, lam = charged(problem, x, units, (rho, nu, lam), tol)
        except ConvergenceError:
            if rho >= steep:
                raise
            rho *= GROWTH
            continue
        points.append((x, nu, lam, rho))
        if _residual(problem, units, x, nu, lam) <= tol:
            return _path(problem, points, units)
        before, left = left, _violation(units.scaled(problem), x / units.x)
        if left > max(before / 4, tol) and rho < steep:
            rho *= GROWTH
    raise ConvergenceError(
        f"constraints violated by {_violation(problem, x):.3g} after "
        f"{max_steps} steps: infeasible, the penalty is too small, or "
        "no multipliers exist"
    )


def barrier(
    problem: ConstrainedProblem,
    x0: ArrayLike,
    *,
    mus: Iterable[float] | None = None,
) -> ConstrainedPath:
    """Minimise f − μ Σ ln(−gᵢ) from inside, for falling μ.

    Args:
        problem: objective and inequalities; equalities are refused.
        x0: strictly inside, g(x0) < 0, shape (n,).
        mus: the values of μ, in units of f; if None, 1, 0.1, … 10⁻⁶
            times the change of f near x0.

    Returns:
        A point for each μ, with the estimates λᵢ = −μ / gᵢ.

    Raises:
        TypeError: if problem is no ConstrainedProblem.
        ValueError: if x0 is not strictly inside, there are equalities, a
            μ is not positive or a derivative wrong.
        ConvergenceError: if a minimum is not found, as for an unbounded
            problem.

    Source:
        eq. `claim:barrier-gap`; Boyd and Vandenberghe (2004), 11.2.
    """
    check.instance(problem, ConstrainedProblem, "problem")
    if problem.equalities is not None or problem.inequalities is None:
        raise ValueError("a barrier takes inequalities, and no equalities")
    x, units = start(problem, x0)
    if np.max(problem.g(x)) >= 0:
        raise ValueError(
            f"x0 must be strictly inside, got g(x0) = {problem.g(x)}"
        )
    points = []
    for mu in _parameters(mus, "mu", units.f, range(0, -7, -1)):
        x, units, nu, lam = settled(problem, x, units, partial(_wall, mu))
        points.append((x, nu, lam, mu))
    return _path(problem, points, units)


def _parameters(
    given: Iterable[float] | None, name: str, unit: float, powers: range
) -> list[float]:
    """The values of a parameter, by default powers of 10 of its unit."""
    if given is None:
        return [unit * 10.0**k for k in powers]
    if not isinstance(given, Iterable) or (
        isinstance(given, set | frozenset | dict | str)
        or (isinstance(given, np.ndarray) and given.ndim == 0)
    ):
        kind = type(given).__name__
        raise TypeError(f"values of {name} must be in a list, got {kind}")
    values = given if isinstance(given, np.ndarray) else list(given)
    if len(values) == 0:
        raise ValueError("at least one parameter must be given, got none")
    values = check.vector(values, f"values of {name}")
    if np.max(values) > HUGE:
        raise ValueError(
            f"{name} must stay within {HUGE:g}, got {np.max(values)}"
        )
    return [check.positive(value, name) for value in values]


def _wall(mu: float, problem: ScaledProblem, u: Units) -> Merit:
    return logarithmic(problem, mu / u.f)


def _residual(
    problem: ConstrainedProblem, u: Units, x: Array, nu: Array, lam: Array
) -> float:
    """The largest violation of KKT, in the units at x."""
    return kkt_residual(
        u.scaled(problem), x / u.x, nu=nu * u.h / u.f, lam=lam * u.g / u.f
    ).largest


def _violation(problem: ConstrainedProblem, x: Array) -> float:
    both = np.append(np.abs(problem.h(x)), np.maximum(problem.g(x), 0))
    return float(np.max(both, initial=0.0))


def _path(
    problem: ConstrainedProblem, points: list[Point], u: Units
) -> ConstrainedPath:
    x, nu, lam, parameter = (np.array(p) for p in zip(*points, strict=True))
    residual = []
    for x_k, *price in zip(x, nu, lam, strict=True):
        found = kkt_residual(problem, x_k, nu=price[0], lam=price[1])
        slope = u.at(problem, x_k).slope(problem, x_k, *price)
        size = float(np.max(np.abs(slope)))
        residual.append(replace(found, stationarity=size).largest)
    return ConstrainedPath(x, nu, lam, parameter, np.array(residual))

"""Constraints as a price: penalty, augmented Lagrangian and barrier.

Notation:
    x: a point, shape (n,).
    nu, lam: multipliers of equalities (p,) and of inequalities (m,).
    rho: the penalty.
    mu: the weight of the barrier.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array, ConvergenceError
from derivable.optimization.constrained.kkt import kkt_residual
from derivable.optimization.constrained.merit import Merit, descend
from derivable.optimization.constrained.problem import (
    ConstrainedProblem,
    start,
)


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
    penalties: Iterable[float] = (1.0, 10.0, 100.0, 1e3, 1e4),
) -> ConstrainedPath:
    """Minimise f + ρ/2 (‖h‖² + ‖max(g, 0)‖²) for growing ρ.

    Args:
        problem: objective and constraints.
        x0: start, shape (n,); each minimiser starts the next.
        penalties: the values of ρ.

    Returns:
        A point for each ρ, with the estimates ν = ρh, λ = ρ max(g, 0).

    Raises:
        ValueError: if a penalty is not positive or a derivative wrong.
        ConvergenceError: if a minimum is not found, as for an unbounded
            problem, or the violation does not fall: infeasible.

    Source:
        eq. `claim:penalty-violation` of this book.
    """
    x, points = start(problem, x0), []
    for given in penalties:
        rho = check.positive(given, "a penalty")
        charge = _quadratic(
            problem, rho, np.zeros(problem.h(x).size), 0 * problem.g(x)
        )
        x = descend(charge, x)
        points.append((x, *charge.multipliers(x), rho))
    found = _path(problem, points)
    before = _violation(problem, found.x[max(len(points) - 2, 0)])
    last = _violation(problem, x)
    grown = rho / found.parameter[max(len(points) - 2, 0)]
    if grown >= 2 and last > max(1e-6, 0.9 * before):
        raise ConvergenceError(
            f"the violation stays at {last:.3g} while the penalty grows "
            f"{grown:g} times: the problem is infeasible"
        )
    return found


def augmented_lagrangian(
    problem: ConstrainedProblem,
    x0: ArrayLike,
    *,
    penalty: float = 10.0,
    tol: float = 1e-7,
    max_steps: int = 100,
) -> ConstrainedPath:
    """Let multipliers take over what a fixed penalty leaves.

    Args:
        problem: objective and constraints.
        x0: start, shape (n,).
        penalty: ρ, the same in all steps; any for a convex problem
            that has multipliers, else large enough.
        tol: stop when the largest violation of KKT is at most this.
        max_steps: give up after so many minimisations.

    Returns:
        The minimiser of each step, and the multipliers after it.

    Raises:
        ValueError: if penalty is not positive or a derivative wrong.
        ConvergenceError: if a minimum is not found, as for an unbounded
            problem, or KKT is violated by more than tol after
            max_steps, as for an infeasible one, or one without
            multipliers.

    Source:
        eq. `def:augmented`; Nocedal and Wright (2006), section 17.3.
    """
    rho, tol = check.positive(penalty, "penalty"), check.positive(tol, "tol")
    x = start(problem, x0)
    nu, lam = np.zeros(problem.h(x).size), np.zeros(problem.g(x).size)
    points: list[tuple[Array, Array, Array, float]] = []
    for _ in range(max_steps):
        charge = _quadratic(problem, rho, nu, lam)
        x = descend(charge, x, tol=tol / 10)
        nu, lam = charge.multipliers(x)
        points.append((x, nu, lam, rho))
        if kkt_residual(problem, x, nu=nu, lam=lam).largest <= tol:
            return _path(problem, points)
    raise ConvergenceError(
        f"constraints violated by {_violation(problem, x):.3g} after "
        f"{max_steps} steps: infeasible, the penalty is too small, or "
        "no multipliers exist"
    )


def barrier(
    problem: ConstrainedProblem,
    x0: ArrayLike,
    *,
    mus: Iterable[float] = (1.0, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6),
) -> ConstrainedPath:
    """Minimise f − μ Σ ln(−gᵢ) from inside, for falling μ.

    Args:
        problem: objective and inequalities; equalities are refused.
        x0: strictly inside, g(x0) < 0, shape (n,).
        mus: the values of μ.

    Returns:
        A point for each μ, with the estimates λᵢ = −μ / gᵢ.

    Raises:
        ValueError: if x0 is not strictly inside, there are equalities, a
            μ is not positive or a derivative wrong.
        ConvergenceError: if a minimum is not found, as for an unbounded
            problem.

    Source:
        eq. `claim:barrier-gap`; Boyd and Vandenberghe (2004), 11.2.
    """
    if problem.equalities is not None or problem.inequalities is None:
        raise ValueError("a barrier takes inequalities, and no equalities")
    x = start(problem, x0)
    if np.max(problem.g(x)) >= 0:
        raise ValueError(
            f"x0 must be strictly inside, got g(x0) = {problem.g(x)}"
        )
    points = []
    for given in mus:
        mu = check.positive(given, "mu")
        charge = _logarithmic(problem, mu)
        x = descend(charge, x)
        points.append((x, *charge.multipliers(x), mu))
    return _path(problem, points)


def _quadratic(
    problem: ConstrainedProblem, rho: float, nu: Array, lam: Array
) -> Merit:
    """The merit f + νᵀh + ρ/2 ‖h‖² + ‖max(λ + ρg, 0)‖² / (2ρ)."""

    def multipliers(x: Array) -> tuple[Array, Array]:
        up: Array = np.maximum(lam + rho * problem.g(x), 0.0)
        return nu + rho * problem.h(x), up

    def value(x: Array) -> float:
        h, (_, up) = problem.h(x), multipliers(x)
        charge = nu @ h + rho / 2 * (h @ h) + up @ up / (2 * rho)
        return problem.value(x) + float(charge)

    def weights(x: Array) -> tuple[Array, Array]:
        charged = (multipliers(x)[1] > 0).astype(np.float64)
        return np.full_like(nu, rho), rho * charged

    return Merit(problem, value, multipliers, weights)


def _logarithmic(problem: ConstrainedProblem, mu: float) -> Merit:
    """The merit f − μ Σ ln(−gᵢ), and ∞ outside."""
    none = np.zeros(0)

    def value(x: Array) -> float:
        g = problem.g(x)
        if np.max(g) >= 0:
            return np.inf
        return problem.value(x) - mu * float(np.sum(np.log(-g)))

    return Merit(
        problem,
        value,
        lambda x: (none, -mu / problem.g(x)),
        lambda x: (none, mu / problem.g(x) ** 2),
    )


def _violation(problem: ConstrainedProblem, x: Array) -> float:
    both = np.append(np.abs(problem.h(x)), np.maximum(problem.g(x), 0))
    return float(np.max(both, initial=0.0))


def _path(
    problem: ConstrainedProblem,
    points: list[tuple[Array, Array, Array, float]],
) -> ConstrainedPath:
    if not points:
        raise ValueError("at least one parameter must be given, got none")
    x, nu, lam, parameter = (np.array(p) for p in zip(*points, strict=True))
    residual = [
        kkt_residual(problem, *p[:1], nu=p[1], lam=p[2]).largest
        for p in points
    ]
    return ConstrainedPath(x, nu, lam, parameter, np.array(residual))

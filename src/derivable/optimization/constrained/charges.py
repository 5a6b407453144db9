"""Two merits: a charge for what is violated, a wall before the border.

Notation:
    nu, lam: estimates of the multipliers, shapes (p,) and (m,).
    rho: the penalty of each constraint, shapes (p,) and (m,).
    mu: the weight of the barrier.
"""

import numpy as np

from derivable._validation import Array
from derivable.optimization.constrained.merit import Merit
from derivable.optimization.constrained.problem import ConstrainedProblem


def quadratic(
    problem: ConstrainedProblem,
    rho_h: Array,
    rho_g: Array,
    nu: Array,
    lam: Array,
) -> Merit:
    """The merit f + νᵀh + Σ ρh²/2 + Σ max(λ + ρg, 0)² / (2ρ)."""

    def multipliers(x: Array) -> tuple[Array, Array]:
        up: Array = np.maximum(lam + rho_g * problem.g(x), 0.0)
        return nu + rho_h * problem.h(x), up

    def value(x: Array) -> float:
        h, (_, up) = problem.h(x), multipliers(x)
        charge = nu @ h + rho_h @ h**2 / 2 + np.sum(up**2 / (2 * rho_g))
        return problem.value(x) + float(charge)

    def weights(x: Array) -> tuple[Array, Array]:
        return rho_h, np.where(multipliers(x)[1] > 0, rho_g, 0.0)

    return Merit(problem, value, multipliers, weights)


def logarithmic(problem: ConstrainedProblem, mu: float) -> Merit:
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


def bare(problem: ConstrainedProblem, nu: Array, lam: Array) -> Merit:
    """The Lagrangian itself, for multipliers that stay."""
    none = np.zeros_like(nu), np.zeros_like(lam)
    return Merit(
        problem,
        lambda x: problem.lagrangian(x, nu, lam),
        lambda _: (nu, lam),
        lambda _: none,
    )

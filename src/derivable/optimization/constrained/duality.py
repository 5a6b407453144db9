"""The best lower bound that multipliers prove.

Notation:
    d: the dual function, inf over x of L(x, nu, lam).
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array, ConvergenceError
from derivable.optimization.constrained.merit import Merit, descend
from derivable.optimization.constrained.problem import (
    ConstrainedProblem,
    multipliers_of,
    start,
)


def dual_value(
    problem: ConstrainedProblem,
    x0: ArrayLike,
    *,
    nu: ArrayLike | None = None,
    lam: ArrayLike | None = None,
) -> float:
    """The least value of the Lagrangian, for these multipliers.

    NB: Newton's method finds the least value if L is convex in x; else
    it may stop at a local minimum, and prove nothing.

    Args:
        problem: objective and constraints.
        x0: where the minimisation starts, shape (n,).
        nu: multipliers of the equalities, shape (p,); zeros if None.
        lam: multipliers of the inequalities, shape (m,), not negative;
            zeros if None.

    Returns:
        The minimum over x of f + νᵀh + λᵀg; −∞ if there is none.

    Raises:
        ValueError: if a multiplier of an inequality is negative, shapes
            do not match or a derivative is wrong.

    Source:
        eq. `def:dual` of this book.
    """
    x = start(problem, x0)
    fixed_nu = multipliers_of(nu, problem.h(x).size, "nu")
    fixed_lam = multipliers_of(lam, problem.g(x).size, "lam")
    if np.any(fixed_lam < 0):
        raise ValueError(f"lam must not be negative, got {fixed_lam}")

    none = np.zeros(fixed_nu.size), np.zeros(fixed_lam.size)
    L = Merit(
        problem,
        lambda z: problem.lagrangian(z, fixed_nu, fixed_lam),
        lambda _: (fixed_nu, fixed_lam),
        lambda _: none,
    )
    try:
        return L.value(descend(L, x))
    except ConvergenceError as error:
        if "unbounded" in str(error):
            return -np.inf
        raise


def duality_gap(
    problem: ConstrainedProblem,
    x: ArrayLike,
    *,
    nu: ArrayLike | None = None,
    lam: ArrayLike | None = None,
    tol: float = 1e-6,
) -> float:
    """How much f(x) can at most be above the minimum.

    Args:
        problem: objective and constraints, with a convex Lagrangian.
        x: a feasible point, shape (n,).
        nu: multipliers of the equalities, shape (p,); zeros if None.
        lam: multipliers of the inequalities, shape (m,), not negative;
            zeros if None.
        tol: by how much x may violate a constraint.

    Returns:
        f(x) minus the dual value.

    Raises:
        ValueError: if x is not feasible, and as `dual_value`.

    Source:
        eq. `claim:weak-duality` of this book.
    """
    x = check.vector(x)
    worst = _violation(problem.h(x), problem.g(x))
    if worst > check.positive(tol, "tol"):
        raise ValueError(f"x must be feasible, got a violation of {worst:.3g}")
    return problem.value(x) - dual_value(problem, x, nu=nu, lam=lam)


def _violation(h: Array, g: Array) -> float:
    both = np.append(np.abs(h), np.maximum(g, 0))
    return float(np.max(both, initial=0.0))

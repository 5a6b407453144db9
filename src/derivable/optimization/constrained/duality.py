"""The best lower bound that multipliers prove.

Notation:
    d: the dual function, inf over x of L(x, nu, lam).
    z: x in its unit, shape (n,).
"""

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.optimization.constrained.charges import bare
from derivable.optimization.constrained.merit import (
    SLACK,
    Merit,
    UnboundedError,
    descend,
)
from derivable.optimization.constrained.problem import (
    ConstrainedProblem,
    multipliers_of,
)
from derivable.optimization.constrained.start import start
from derivable.optimization.constrained.units import attempt, measure

FAR = (0.25, 0.5, 1.0, 2.0)  # in units of x: where curvature is looked at


def dual_value(
    problem: ConstrainedProblem,
    x0: ArrayLike,
    *,
    nu: ArrayLike | None = None,
    lam: ArrayLike | None = None,
) -> float:
    """The least value of the Lagrangian, for these multipliers.

    NB: Newton's method finds the least value if L is convex in x. Where
    a Hessian of L on its way or around the end has a negative
    eigenvalue, or L is lower as far again beyond the end, no least value
    is proven, and the bound is −∞. A curvature elsewhere goes unseen.

    Args:
        problem: objective and constraints.
        x0: where the minimisation starts, shape (n,).
        nu: multipliers of the equalities, shape (p,); zeros if None.
        lam: multipliers of the inequalities, shape (m,), not negative;
            zeros if None.

    Returns:
        The minimum over x of f + νᵀh + λᵀg; −∞ if there is none, or L
        is seen not to be convex.

    Raises:
        TypeError: if problem is no ConstrainedProblem.
        ValueError: if a multiplier of an inequality is negative, shapes
            do not match or a derivative is wrong.

    Source:
        eq. `def:dual` of this book.
    """
    x, u = start(problem, x0)
    fixed_nu = multipliers_of(nu, u.h.size, "nu")
    fixed_lam = multipliers_of(lam, u.g.size, "lam")
    if np.any(fixed_lam < 0):
        raise ValueError(f"lam must not be negative, got {fixed_lam}")

    terms = np.concatenate([[u.f], np.abs(fixed_nu) * u.h, fixed_lam * u.g])
    u = replace(u, f=2.0 ** np.floor(np.log2(np.max(terms))))
    L = bare(u.scaled(problem), fixed_nu * u.h / u.f, fixed_lam * u.g / u.f)
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            z = descend(L, x / u.x)
    except UnboundedError:
        return -np.inf
    if _falls_on(L, x / u.x, z) or not _seems_convex(L, x / u.x, z):
        return -np.inf
    return u.f * L.value(z)


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
        tol: by how much x may violate a constraint, in units of what it
            changes by near x.

    Returns:
        f(x) minus the dual value; ∞ if that is −∞.

    Raises:
        ValueError: if x is not feasible, and as `dual_value`.

    Source:
        eq. `claim:weak-duality` of this book.
    """
    check.instance(problem, ConstrainedProblem, "problem")
    x, tol = check.vector(x), check.positive(tol, "tol")
    u, h, g = measure(problem, x), problem.h(x), problem.g(x)
    worst = np.append(np.abs(h), np.maximum(g, 0))
    if np.any(worst > tol * np.append(u.h, u.g)):
        raise ValueError(
            f"x must be feasible, got a violation of {np.max(worst):.3g}"
        )
    return problem.value(x) - dual_value(problem, x, nu=nu, lam=lam)


def _falls_on(L: Merit, start: Array, end: Array) -> bool:
    """L is visibly lower beyond the end, where rounding hid its slope."""
    least, beyond = L.value(end), attempt(partial(L.value, 2 * end - start))
    visible = SLACK * (1 + abs(least))
    return beyond is not None and bool(beyond < least - visible)


def _seems_convex(L: Merit, start: Array, end: Array) -> bool:
    """No negative curvature on the way, nor near and far around its end."""
    way = [start + t * (end - start) for t in np.linspace(0, 1, 5)]
    sides = [s * t * e for t in FAR for s in (1, -1) for e in np.eye(end.size)]
    for z in [*way, *(end + side for side in sides)]:
        found = attempt(partial(L.hessian, z))
        if found is not None and np.isfinite(found[0]).all():
            H, noise = found
            if np.linalg.eigvalsh(H)[0] < -noise:
                return False
    return True

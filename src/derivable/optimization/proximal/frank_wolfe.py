"""Frank–Wolfe: walk towards the vertex that the slope points at.

Notation:
    x: an iterate; s: a vertex; d: s − x; r: the slope ∇f(x).
    gap: rᵀ(x − s), an upper bound of f(x) − f*.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import norm
from derivable._validation import Array, ConvergenceError
from derivable.optimization.problem import Problem
from derivable.optimization.proximal.sets import ConvexSet

NEAR = 1e-9  # relative: what a projection may move a point of the set


@dataclass(frozen=True)
class FrankWolfePath:
    """What a run of Frank–Wolfe went through.

    Attributes:
        x: all iterates, shape (T + 1, n).
        f: the values there, shape (T + 1,).
        gap: the gaps there, shape (T + 1,); f − gap never exceeds f*.
    """

    x: Array
    f: Array
    gap: Array


def frank_wolfe(
    problem: Problem,
    feasible: ConvexSet,
    x0: ArrayLike,
    *,
    num_steps: int = 100,
    tol: float = 0.0,
) -> FrankWolfePath:
    """Minimise f over a bounded convex set, without projections.

    Args:
        problem: f, smooth and convex, with its gradient.
        feasible: the set, by its linear minimisation oracle.
        x0: a point of the set, shape (n,).
        num_steps: how many steps of size 2/(k + 2), k = 0, 1, …
        tol: stop once the gap is at most tol times the first one; 0
            takes all steps.

    Returns:
        All iterates, each in the set, with f and the gap.

    Raises:
        TypeError: if problem is no Problem or feasible no ConvexSet.
        ValueError: if x0 is not in the set, or tol or num_steps is
            negative.
        ConvergenceError: if tol > 0 is not met after num_steps.

    Source:
        eq. `def:frank-wolfe` of this book; Jaggi (2013), algorithm 1.
    """
    check.instance(problem, Problem, "problem")
    x = _inside(check.instance(feasible, ConvexSet, "feasible"), x0)
    num_steps = check.whole(num_steps, "num_steps")
    tol = check.not_negative(tol, "tol")

    kept: list[tuple[Array, float, float]] = []
    for k in range(num_steps + 1):
        r = _like(x, problem.gradient(x.copy()), "gradient(x)")
        s = _like(x, feasible.vertex(r.copy()), "the vertex")
        gap = check.number(np.sum(r * (x - s)), "the gap")  # eq. claim:fw-gap
        f = check.number(check.evaluated(problem.f, x), "f(x)")
        kept.append((x, f, gap))
        if tol and gap <= tol * kept[0][2]:
            break
        x = x + 2 / (k + 2) * (s - x)  # eq. def:frank-wolfe
    else:
        if tol and num_steps:
            raise ConvergenceError(
                f"Frank–Wolfe: after {num_steps} steps the gap is "
                f"{gap / kept[0][2]:.2g} of the first, tol is {tol:.2g}"
            )
    return FrankWolfePath(*(np.array(p) for p in zip(*kept, strict=True)))


def _inside(feasible: ConvexSet, x0: ArrayLike) -> Array:
    """The start, if the projection leaves it where it is."""
    x = check.vector(x0, "x0")
    p = _like(x, feasible.project(x.copy()), "project(x)")
    if norm(p - x) > NEAR * norm(p):
        raise ValueError(
            f"x0 must lie in the set, got a point {norm(p - x):.3g} away"
        )
    return x


def _like(x: Array, found: ArrayLike, name: str) -> Array:
    values = check.real(found, name)
    if values.shape != x.shape:
        raise ValueError(
            f"{name} must have shape {x.shape}, got {values.shape}"
        )
    return values

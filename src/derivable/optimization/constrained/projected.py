"""Gradient descent that returns to a set after every step.

Notation:
    x: an iterate, shape (n,).
    s: the slope ∇f(x), shape (n,).
    a: the step, also called learning rate.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS
from derivable._validation import Array, ConvergenceError
from derivable.optimization.constrained.merit import (
    FLAT,
    SLACK,
    negative_span,
)
from derivable.optimization.constrained.problem import (
    ConstrainedProblem,
    place,
)
from derivable.optimization.constrained.start import start
from derivable.optimization.constrained.units import ScaledProblem

NONE = np.zeros(0)  # multipliers: there are none

FAR = 1e12  # in units of the problem: beyond it lies nothing
STILL = 1e-9  # in units of x: a step that is none
TIGHT = 50 * EPS  # of f: what rounding may hide of a fall
Projection = Callable[[Array], ArrayLike]


def projected_gradient(
    problem: ConstrainedProblem,
    project: Projection,
    x0: ArrayLike,
    *,
    learning_rate: float | None = None,
    num_steps: int = 100,
) -> Array:
    """Minimise f over a set: step along −∇f, project, repeat.

    Args:
        problem: objective; the set is in `project`, so constraints are
            refused.
        project: takes a point to the nearest one of the set.
        x0: start, shape (n,); it is projected first.
        learning_rate: a fixed step; if None, each is doubled once and
            halved until f falls enough.
        num_steps: how many steps; one that does not move, at a maximum
            or a saddle, goes along a negative curvature instead.

    Returns:
        All iterates, shape (num_steps + 1, n), each in the set.

    Raises:
        TypeError: if problem is no ConstrainedProblem, project no
            function or num_steps no whole number.
        ValueError: if there are constraints, the gradient is not that
            of f at the start, learning_rate is not positive or
            num_steps is negative.
        ConvergenceError: if f is unbounded below on the set, the steps
            diverge, or none lowers f.

    Source:
        eq. `def:projected-gradient` of this book.
    """
    num_steps = check.whole(num_steps, "num_steps")
    own, P, x, unit = _inside(problem, project, x0)
    a, fixed = 1.0, learning_rate is not None
    if learning_rate is not None:
        a = check.positive(learning_rate, "learning_rate") / unit

    path, still = [x], False
    for _ in range(num_steps):
        x, s = path[-1], own.slope(path[-1])
        if not fixed:
            a = _halved(own, P, x, s, 2 * a)
        path.append(P(x - a * s))
        before, still = still, _near(path[-1], x)
        if still and not before:
            path[-1] = _lower(own, P, path[-1])
            still = _near(path[-1], x)
        _bounded(own, path[-1])
    return place(own, np.array(path))


def _inside(
    problem: ConstrainedProblem, project: Projection, x0: ArrayLike
) -> tuple[ScaledProblem, Callable[[Array], Array], Array, float]:
    """Problem, projection, start, and the unit of a step, in own units."""
    check.instance(problem, ConstrainedProblem, "problem")
    if problem.equalities or problem.inequalities:
        raise ValueError("the set is in project, got further constraints")
    check.function(project, "project")

    def inside(x: Array) -> Array:
        p = check.vector(project(x), "project(x)")
        if p.shape != x.shape:
            raise ValueError(
                f"project(x) must have shape {x.shape}, got {p.shape}"
            )
        return p

    x, u = start(problem, inside(check.vector(x0, "x0")))
    return (
        u.scaled(problem),
        lambda z: inside(u.x * z) / u.x,
        x / u.x,
        u.x**2 / u.f,
    )


def _halved(
    problem: ConstrainedProblem,
    project: Callable[[Array], Array],
    x: Array,
    s: Array,
    a: float,
) -> float:
    """The first of a, a/2, a/4 … that lowers f as L ≤ 1/a would."""
    fx = problem.value(x)
    for _ in range(40):
        d = project(x - a * s) - x
        bound = fx + float(s @ d + d @ d / (2 * a))
        if problem.value(x + d) <= bound + TIGHT * (1 + abs(fx)):
            return a
        a /= 2
    raise ConvergenceError(
        f"no step along −gradient lowers f at x = {place(problem, x)}: is it "
        "the gradient of f? see gradient_check"
    )


def _near(x: Array, y: Array) -> bool:
    return bool(np.max(np.abs(x - y)) <= STILL)


def _lower(
    problem: ConstrainedProblem,
    project: Callable[[Array], Array],
    x: Array,
) -> Array:
    """A point of the set along negative curvature, or x if none is lower."""
    f, H = problem.value(x), problem.curvature(x, NONE, NONE)
    noise = FLAT * (1 + abs(f) + float(np.max(np.abs(H))))
    P = negative_span(H, noise)
    for k in range(20 if P.any() else 0):
        ways = 2.0**-k * np.vstack([P, -P])
        ends = [project(x + d) for d in ways]
        falls = np.array([f - problem.value(z) for z in ends])
        least = [noise * float((z - x) @ (z - x)) for z in ends]
        if np.any(falls > least):
            enough = falls >= np.max(falls) - SLACK * (1 + abs(f))
            return ends[int(np.flatnonzero(enough)[0])]
    return x


def _bounded(problem: ScaledProblem, x: Array) -> None:
    f, far = problem.value(x), float(np.max(np.abs(x)))
    if not (f >= -FAR and far <= FAR):
        raise ConvergenceError(
            f"f is {f:.3g} of its unit at {far:.3g} of that of x: the "
            "problem is unbounded, or the learning rate too large"
        )

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
from derivable._validation import Array, ConvergenceError
from derivable.optimization.constrained.problem import (
    ConstrainedProblem,
    start,
)

FAR = 1e12  # below −FAR, or further away, a problem counts as unbounded
Projection = Callable[[Array], Array]


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
        num_steps: how many steps.

    Returns:
        All iterates, shape (num_steps + 1, n), each in the set.

    Raises:
        ValueError: if there are constraints, the gradient is not that
            of f at the start, learning_rate is not positive or
            num_steps is negative.
        ConvergenceError: if f is unbounded below on the set, the steps
            diverge, or none lowers f.

    Source:
        eq. `def:projected-gradient` of this book.
    """
    if problem.equalities or problem.inequalities:
        raise ValueError("the set is in project, got further constraints")
    check.function(project, "project")
    if num_steps < 0:
        raise ValueError(f"num_steps must be at least 0, got {num_steps}")
    a, fixed = 1.0, learning_rate is not None
    if learning_rate is not None:
        a = check.positive(learning_rate, "learning_rate")

    path = [start(problem, project(check.vector(x0, "x0")))]
    for _ in range(num_steps):
        x, s = path[-1], problem.slope(path[-1])
        if not fixed:
            a = _halved(problem, project, x, s, 2 * a)
        path.append(project(x - a * s))
        _bounded(problem, path[-1])
    return np.array(path)


def _halved(
    problem: ConstrainedProblem,
    project: Projection,
    x: Array,
    s: Array,
    a: float,
) -> float:
    """The first of a, a/2, a/4 … that lowers f as L ≤ 1/a would."""
    fx = problem.value(x)
    for _ in range(40):
        d = project(x - a * s) - x
        bound = fx + float(s @ d + d @ d / (2 * a))
        if problem.value(x + d) <= bound + 1e-14 * abs(fx):
            return a
        a /= 2
    raise ConvergenceError(
        f"no step along −gradient lowers f at x = {x}: is it the gradient "
        "of f? see gradient_check"
    )


def _bounded(problem: ConstrainedProblem, x: Array) -> None:
    f, far = problem.value(x), float(np.max(np.abs(x)))
    if not (f >= -FAR and far <= FAR):
        raise ConvergenceError(
            f"f is {f:.3g} at a distance of {far:.3g}: the problem is "
            "unbounded, or the learning rate too large"
        )

"""Newton's method with halved steps, for convex losses of scores.

Notation:
    x: parameters as one vector; g, H: gradient and Hessian there.
    d: the step −H⁻¹g; t: the share of it that is taken.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from derivable import _validation as check
from derivable._precision import EPS
from derivable._validation import Array
from derivable.errors import ConvergenceError

SUFFICIENT = 1e-4  # of the fall that the slope promises


@dataclass(frozen=True)
class Objective:
    """A convex function of scores that are linear in the parameters.

    Attributes:
        scores: x ↦ the scores z, any shape.
        value: (x, z) ↦ the objective.
        slopes: z ↦ its derivatives in the scores, of the shape of z.
        derivatives: (x, z) ↦ gradient, shape (p,), and Hessian, (p, p).
        watch: looks at the scores of each iterate, and may raise.
    """

    scores: Callable[[Array], Array]
    value: Callable[[Array, Array], float]
    slopes: Callable[[Array], Array]
    derivatives: Callable[[Array, Array], tuple[Array, Array]]
    watch: Callable[[Array], None]


FAR = 100.0  # times its size that a score may move in one step


def newton(
    f: Objective, x: Array, *, tol: float, max_steps: int
) -> tuple[Array, Array]:
    """All iterates, shape (T + 1, p), and their values, shape (T + 1,).

    It ends when a step moves no score by more than tol, relative to the
    largest score where that is above 1. Scores have no unit.
    """
    tol = check.positive(tol, "tol")
    check.whole(max_steps, "max_steps", least=1)

    z = f.scores(x)
    path, values, moved = [x], [f.value(x, z)], np.inf
    for _ in range(max_steps):
        g, H = f.derivatives(x, z)
        d = direction(g, H)
        dz = f.scores(d)
        moved = float(np.abs(dz).max())
        last = moved <= tol * max(1.0, float(np.abs(z).max()))
        t = (
            1.0
            if last
            else _share(f, (x, z), (d, dz), (values[-1], float(g @ d)))
        )
        x = x + t * d
        z = f.scores(x)
        path.append(x)
        values.append(f.value(x, z))
        if last:
            return np.array(path), np.array(values)
        f.watch(z)
    raise ConvergenceError(
        f"Newton's method took {max_steps} steps, "
        f"and the last one moved a score by {moved:.3g}"
    )


def direction(g: Array, H: Array) -> Array:
    """−H⁻¹g, solved in units in which the diagonal of H is 1."""
    scale = np.sqrt(H.diagonal())
    if scale.min() > 0:
        try:
            S = H / scale / scale[:, None]
            d = np.linalg.solve(S, -g / scale) / scale
        except np.linalg.LinAlgError:
            d = np.full_like(g, np.nan)  # what NumPy gives in a browser
        if np.isfinite(d).all() and g @ d <= 0:
            return np.asarray(d)
    raise ConvergenceError(
        "Newton's method met a Hessian without an inverse, got the "
        f"smallest curvature {H.diagonal().min():.3g}"
    )


def _share(
    f: Objective,
    at: tuple[Array, Array],
    step: tuple[Array, Array],
    line: tuple[float, float],
) -> float:
    """The first of t, t/2, t/4, … whose fall is a share of what d promises.

    It begins with t = 1, or with less if a score would move too FAR.
    """
    (x, z), (d, dz), (value, slope), t = at, step, line, 1.0
    slack = 8 * EPS * (1 + abs(value))  # nats: a mean of logarithms
    far = float(np.abs(dz).max()) / (1 + float(np.abs(z).max()))
    if far > FAR:  # where curvature is rounding, its step has any length
        t = FAR / far
    least = t * EPS
    while True:
        found = f.value(x + t * d, z + t * dz)
        if found <= value + SUFFICIENT * t * slope + slack:
            return t
        t /= 2
        if t < least:
            raise ConvergenceError(
                f"no step along Newton's direction descends, got {value:.3g}"
            )

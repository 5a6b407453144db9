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


FAR = 100.0  # times 1 + the largest score, that a score may move in a step


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
        d, dz = _direction(f, z, g, H)
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


def _direction(
    f: Objective, z: Array, g: Array, H: Array
) -> tuple[Array, Array]:
    """−H⁻¹g and its scores, in units in which the diagonal of H is 1.

    Where scores are large, curvature may be below rounding, and H⁻¹ of any
    size. The least shift of its diagonal then makes a step that descends
    and moves no score too FAR, as Levenberg's and Marquardt's do.
    """
    scale = np.sqrt(H.diagonal())
    if scale.min() > 0:
        S, room = H / scale / scale[:, None], FAR * (1 + np.abs(z).max())
        for shift in (0.0, *len(g) * EPS * 10.0 ** np.arange(300)):
            try:
                d = np.linalg.solve(S + shift * np.eye(len(g)), -g / scale)
            except np.linalg.LinAlgError:
                continue
            with np.errstate(over="ignore", invalid="ignore"):
                d, dz = d / scale, f.scores(d / scale)
                if g @ d <= 0 and np.abs(dz).max() <= room:  # no nan is
                    return d, dz
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
    """The first of 1, 1/2, 1/4, … whose fall is a share of what d promises."""
    (x, z), (d, dz), (value, slope), t = at, step, line, 1.0
    slack = 8 * EPS * (1 + abs(value))  # nats: a mean of logarithms
    while t > EPS:
        found = f.value(x + t * d, z + t * dz)
        if found <= value + SUFFICIENT * t * slope + slack:
            return t
        t /= 2
    raise ConvergenceError(
        f"no step along Newton's direction descends, got {value:.3g}"
    )

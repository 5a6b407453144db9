"""How far to go along a direction: the strong Wolfe conditions.

Notation:
    d: the direction, shape (n,).
    alpha: the step size α; phi(α) = f(x + α d), its slope is ∇fᵀd.
    low, high: the trials between which an acceptable α lies.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS
from derivable._validation import Array, ConvergenceError
from derivable.optimization._slopes import VISIBLE, blur, refuted
from derivable.optimization.problem import Problem
from derivable.optimization.second_order._run import Objective

TRIALS = 64


@dataclass(frozen=True)
class Trial:
    """A point along a direction.

    Attributes:
        alpha: the step size α.
        x: the point x + α d, shape (n,).
        f: the value there.
        gradient: ∇f there, shape (n,).
        slope: the slope of f along d there, ∇fᵀd.
    """

    alpha: float
    x: Array
    f: float
    gradient: Array
    slope: float


class LineSearchError(ConvergenceError):
    """No acceptable step along a direction that should descend.

    Attributes:
        best: the lowest point, if f fell by more than rounding, else None.
        blurred: whether the step promises no more than rounding.
        smooth: whether differences of f agree with its gradient.
    """

    def __init__(
        self,
        message: str,
        *,
        best: Trial | None = None,
        blurred: bool = False,
        smooth: bool = False,
    ) -> None:
        super().__init__(message)
        self.best, self.blurred, self.smooth = best, blurred, smooth


def wolfe_line_search(
    problem: Problem,
    x: ArrayLike,
    d: ArrayLike,
    *,
    c1: float = 1e-4,
    c2: float = 0.9,
) -> Trial:
    """Find a step that lowers f enough and flattens its slope enough.

    Args:
        problem: f with its gradient.
        x: where the search begins, shape (n,).
        d: a direction along which f falls, shape (n,); the step d
            itself, α = 1, is tried first.
        c1: f must fall by c1 times what the slope promises.
        c2: the slope must shrink to c2 times its size; c1 < c2 < 1.

    Returns:
        The trial that was accepted.

    Raises:
        TypeError: if x or d is not real.
        ValueError: if d does not descend, shapes do not match, the
            constants are out of order, or f(x) is not finite.
        LineSearchError: if no step was found: f has no lower bound, is
            not finite along d, or the gradient is not that of f.

    Source:
        Nocedal and Wright (2006), algorithms 3.5 and 3.6; eq.
        `def:wolfe` of this book.
    """
    x, d = check.vector(x), check.vector(d, "d")
    if d.shape != x.shape:
        raise ValueError(f"d must have shape {x.shape}, got {d.shape}")
    constants(c1, c2)
    objective = Objective(problem)
    with np.errstate(all="ignore"):
        start = _trial(objective, x, d, 0.0)
        check.real(start.f, "f(x)")
        check.real(start.gradient, "gradient(x)")
        return search(objective, start, d, c1, c2)


def constants(c1: float, c2: float) -> None:
    """Refuse constants between which there may be no step."""
    if not 0 < check.number(c1, "c1") < check.number(c2, "c2") < 1:
        raise ValueError(
            f"c1 and c2 must satisfy 0 < c1 < c2 < 1, got {c1} and {c2}"
        )


def search(
    objective: Objective,
    start: Trial,
    d: Array,
    c1: float,
    c2: float,
) -> Trial:
    """The search, and once more with the rounding of f measured."""
    if not start.slope < 0:
        raise ValueError(
            f"d must be a direction of descent, got ∇fᵀd = {start.slope:.3g}"
        )
    least = 10 * EPS * abs(start.f)
    try:
        return bracket(objective, start, d, (c1, c2), least)
    except LineSearchError as error:
        if error.best is None and not error.smooth:
            raise
        measured = blur(objective.f, start.x, d)
        if not measured > least:
            raise
    return bracket(objective, start, d, (c1, c2), measured)


def bracket(
    objective: Objective,
    start: Trial,
    d: Array,
    constants: tuple[float, float],
    blur: float,
) -> Trial:
    """Widen until a step is too long, then narrow."""
    low, high, seen = start, None, [start]
    alpha, (c1, c2) = 1.0, constants
    while len(seen) <= TRIALS and _moves(start.x, alpha * d):
        t = _trial(objective, start.x, d, alpha)
        seen.append(t)
        if _too_high(t, start, low, c1, blur):
            high = t
        elif abs(t.slope) <= -c2 * start.slope:  # eq. def:wolfe
            return t
        else:
            ahead = 1.0 if high is None else high.alpha - low.alpha
            if t.slope * ahead >= 0:  # the minimum lies behind t
                high = low
            low = t
        alpha = 4 * low.alpha if high is None else _between(low, high)
    raise _failure(objective, d, seen, (low, high), blur)


def _trial(objective: Objective, x: Array, d: Array, alpha: float) -> Trial:
    at = x + alpha * d
    f, g = objective.f(at), objective.gradient(at)
    return Trial(alpha, at, f, g, float(g @ d))


def _too_high(
    t: Trial, start: Trial, low: Trial, c1: float, blur: float
) -> bool:
    """Whether f did not fall enough, or is no number, at t."""
    if not np.isfinite([t.f, t.slope]).all():
        return True
    if abs(t.f - start.f) <= blur:
        # NB: values are equal up to rounding; the slope still tells.
        return t.slope > (2 * c1 - 1) * start.slope
    promised = start.f + c1 * t.alpha * start.slope  # eq. def:wolfe
    return t.f > promised or t.f >= low.f


def _between(low: Trial, high: Trial) -> float:
    """The minimum of the cubic through both, kept away from the ends."""
    a, b = low.alpha, high.alpha
    if a == b:
        return np.nan  # nothing lies between
    with np.errstate(all="ignore"):
        u = low.slope + high.slope - 3 * (low.f - high.f) / (a - b)
        v = np.sign(b - a) * np.sqrt(u * u - low.slope * high.slope)
        cut = b - (b - a) * (high.slope + v - u) / (
            high.slope - low.slope + 2 * v
        )
    share = (cut - a) / (b - a)
    if not np.isfinite(share):
        share = 0.5 if np.isfinite(high.f) else 0.1
    return float(a + (b - a) * np.clip(share, 0.1, 0.9))


def _moves(x: Array, step: Array) -> bool:
    return bool(np.isfinite(step).all() and np.any(x + step != x))


def _failure(
    objective: Objective,
    d: Array,
    seen: list[Trial],
    ends: tuple[Trial, Trial | None],
    blur: float,
) -> LineSearchError:
    """What can be learned from a search that found nothing."""
    start, (low, high) = seen[0], ends
    if said := _endless(seen, high):
        return LineSearchError(said)
    if not seen[1:]:
        blurred = bool(np.isfinite(d).all())
        return LineSearchError(
            "d is too short to move x, or not finite", blurred=blurred
        )
    for t in (start, low):
        if (slope := refuted(objective.f, t.x, d, t.slope)) is not None:
            return LineSearchError(
                f"∇fᵀd = {t.slope:.3g} at α = {t.alpha:.3g}, but differences "
                f"of f say {slope:.3g}; check the gradient with "
                f"derivable.calculus.gradient_check"
            )
    promised = -start.slope / 2
    if promised <= VISIBLE * blur:
        said = f"the step promises {promised:.1g}, lost in rounding of f"
    else:
        said = (
            f"f falls to α = {low.alpha:.3g}, where its slope is "
            f"{low.slope:.3g}, and rises beyond; check f for kinks"
        )
    return LineSearchError(
        said,
        best=low if low.f < start.f - blur else None,
        blurred=promised <= VISIBLE * blur,
        smooth=True,
    )


def _endless(seen: list[Trial], high: Trial | None) -> str:
    """What is said if f falls for ever, or is hardly anywhere finite."""
    last, tried = seen[-1], len(seen) - 1
    if tried and (high is None or last.f == -np.inf):
        return (
            f"f = {last.f:.3g} still falls at α = {last.alpha:.3g}; "
            f"it seems to have no lower bound along d"
        )
    lost = sum(not np.isfinite(t.f) for t in seen)
    if 2 * lost > len(seen):
        return f"f is not finite at {lost} of {tried} points along d"
    return ""

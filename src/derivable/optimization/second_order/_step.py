"""One step of a run along a direction."""

import numpy as np

from derivable._precision import EPS, norm
from derivable._validation import Array
from derivable.optimization._slopes import blur
from derivable.optimization.second_order._run import Run
from derivable.optimization.second_order.line_search import (
    LineSearchError,
    Trial,
    search,
)

C1, C2 = 1e-4, 0.9


def walk(
    run: Run,
    d: Array,
    *,
    shift: float = 0.0,
    line_search: bool = True,
) -> None:
    """Take a step of `run` along d, the full one or one that is searched.

    It ends the run instead, if the step is not worth taking.
    """
    with np.errstate(all="ignore"):
        slope = float(run.g @ d)
        if run.arrived(d, abs(slope) / 2):
            return
        t = _searched(run, d, slope) if line_search else _full(run, d)
        if t is not None:
            run.add(t.x, t.f, t.gradient, t.alpha, shift)
        if t is None or (
            run.tired() and _steepest(run, d, "f falls no more") is None
        ):
            run.end("rounding")


def first(run: Run) -> Array:
    """The first direction −g, as long as what is known of f suggests.

    NB: with the minimum 0 and equal curvature everywhere, 2 f / ‖g‖ is
    its distance; ‖x‖ is a length in the units of x.
    """
    size = norm(run.g)
    lengths = [a for a in (2 * abs(run.f) / size, norm(run.x)) if a > 0]
    return -run.g * (min(lengths, default=size) / size)


def _full(run: Run, d: Array) -> Trial:
    x = run.x + d
    f, g = run.objective.f(x), run.objective.gradient(x)
    return Trial(1.0, x, f, g, float(g @ d))


def _searched(run: Run, d: Array, slope: float) -> Trial | None:
    """What the search accepts; None if all that is left is rounding."""
    if not slope < 0:
        return _steepest(run, d, f"d does not descend, ∇fᵀd = {slope:.3g}")
    try:
        start = Trial(0.0, run.x, run.f, run.g, slope)
        return search(run.objective, start, d, C1, C2)
    except LineSearchError as error:
        if error.best is not None:
            return error.best
        if _resolved(run):
            return None
        if error.blurred or (error.smooth and run.flat(np.sqrt(run.tol))):
            return _steepest(run, d, str(error))
        raise run.stopped(str(error)) from None


def _steepest(run: Run, d: Array, why: str) -> Trial | None:
    """A step along −∇f, where d is useless; None if f does not fall there.

    An error, if d is at right angles to the gradient.
    """
    if _resolved(run):
        return None
    down = first(run)
    start = Trial(0.0, run.x, run.f, run.g, float(run.g @ down))
    try:
        t = search(run.objective, start, down, C1, C2)
    except LineSearchError as error:
        t = error.best or start
    if not t.f < run.f - blur(run.objective.f, run.x, down):
        return None
    if abs(run.g @ d) <= np.sqrt(EPS) * norm(run.g) * norm(d):
        raise run.stopped(f"{why}; ∇f and d are nearly at right angles")
    return t


def _resolved(run: Run) -> bool:
    """Whether rounding of x moves the gradient by half of itself."""
    x = run.x + 4 * EPS * np.abs(run.x) * np.sign(run.g)
    change = run.objective.gradient(x) - run.g
    return norm(change) >= norm(run.g) / 2

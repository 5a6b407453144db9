"""One step of a run along a direction."""

import numpy as np

from derivable._validation import Array
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
    """Take a step of `run` along d: the full one, or one that is searched."""
    slope = float(run.g @ d)
    start = Trial(0.0, run.x, run.f, run.g, slope)
    with np.errstate(all="ignore"):
        if not line_search:
            x = run.x + d
            x.flags.writeable = False
            f, g = run.objective.f(x), run.objective.gradient(x)
            run.add(x, f, g, 1.0, shift)
            return
        if not slope < 0:
            raise run.stopped(f"d does not descend, ∇fᵀd = {slope:.3g}")
        try:
            t = search(run.objective, start, d, C1, C2)
        except LineSearchError as error:
            raise run.stopped(str(error)) from None
    run.add(t.x, t.f, t.gradient, t.alpha, shift)


def at_most_one(d: Array) -> Array:
    """The first direction: nothing tells yet how long it should be."""
    return d / max(1.0, float(np.linalg.norm(d)))

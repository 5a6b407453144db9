"""A fair chance for every optimizer: its own learning rate, from a grid."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from derivable import _validation as check
from derivable._validation import Array, ConvergenceError
from derivable.optimization.first_order.trace import DivergenceError, Path


@dataclass(frozen=True)
class Tuned:
    """The best of a grid of runs.

    Attributes:
        rate: the rate with the lowest final value.
        path: its run.
        final: the last f for every rate, infinite where a run diverged.
        at_edge: whether the best rate is the first or last of the grid;
            then a wider grid may hold a better one.
    """

    rate: float
    path: Path
    final: Array
    at_edge: bool


def tune(run: Callable[[float], Path], rates: Sequence[float]) -> Tuned:
    """Run with every rate, and keep the run that ends lowest.

    Args:
        run: learning rate ↦ the path of a run, of one length for all.
        rates: the grid, in increasing order.

    Returns:
        The best rate, its path, and the final values of all.

    Raises:
        ValueError: if rates is empty or not increasing.
        ConvergenceError: if every run diverged.
    """
    grid = check.vector(rates, "rates")
    if (np.diff(grid) <= 0).any():
        raise ValueError(f"rates must increase, got {grid}")
    paths = [_unless_divergent(run, rate) for rate in grid]
    final = np.array([np.inf if p is None else p.f[-1] for p in paths])
    best = int(np.argmin(final))
    path = paths[best]
    if path is None:
        raise ConvergenceError(f"all {len(grid)} runs diverged, try less")
    edge = best in (0, len(grid) - 1)
    return Tuned(float(grid[best]), path, final, edge)


def _unless_divergent(
    run: Callable[[float], Path], rate: float
) -> Path | None:
    try:
        return run(float(rate))
    except DivergenceError:
        return None

"""A fair chance for every optimizer: its own learning rate, from a grid."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from derivable import _validation as check
from derivable._validation import Array
from derivable.errors import ConvergenceError, DivergenceError
from derivable.optimization.problem import Path


@dataclass(frozen=True)
class Tuned:
    """The best of a grid of runs.

    Attributes:
        rate: the rate with the lowest median of final values.
        paths: its run from each seed, None where it diverged.
        final: the last f for every rate and seed, shape (rates, seeds);
            infinite where a run diverged.
        at_edge: whether the best rate is the first or last of the grid;
            then a wider grid may hold a better one.
    """

    rate: float
    paths: tuple[Path | None, ...]
    final: Array
    at_edge: bool


def tune(
    run: Callable[[float, int], Path],
    rates: Sequence[float],
    *,
    seeds: Sequence[int] = (0,),
) -> Tuned:
    """Run with every rate from every seed, and keep the best rate.

    Args:
        run: (learning rate, seed) ↦ the path of a run; all runs take
            the same number of gradients.
        rates: the grid, in increasing order.
        seeds: what starts or batches are drawn with.

    Returns:
        The rate with the lowest median, its paths, all final values.

    Raises:
        TypeError: if run is no function, or returns no path.
        ValueError: if rates is empty or not increasing, or there are no
            seeds.
        ConvergenceError: if at every rate half of the runs diverged.
    """
    check.function(run, "run")
    grid = check.vector(rates, "rates")
    if (np.diff(grid) <= 0).any():
        raise ValueError(f"rates must increase, got {grid}")
    starts = [check.whole(s, "seeds") for s in check.sequence(seeds, "seeds")]
    if not starts:
        raise ValueError("seeds must not be empty, got []")

    runs = [[_unless_divergent(run, r, s) for s in starts] for r in grid]
    ends = [[np.inf if p is None else p.f[-1] for p in row] for row in runs]
    final = np.array(ends)
    typical = np.median(final, axis=1)
    best = int(np.argmin(typical))
    if not np.isfinite(typical[best]):
        raise ConvergenceError(f"at all {len(grid)} rates runs diverged")
    edge = best in (0, len(grid) - 1)
    return Tuned(float(grid[best]), tuple(runs[best]), final, edge)


def _unless_divergent(
    run: Callable[[float, int], Path], rate: float, seed: int
) -> Path | None:
    try:
        return check.instance(run(float(rate), seed), Path, "run(rate, seed)")
    except DivergenceError:
        return None

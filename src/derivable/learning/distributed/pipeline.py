"""A network cut into stages, through which parts of a batch flow.

Notation:
    P: number of stages, each on a machine of its own.
    M: number of micro-batches, the parts of a batch.
    r: ticks of a stage backwards, for one tick forwards.
"""

import numpy as np
from numpy.typing import NDArray

from derivable import _validation as check

LARGEST = 10**6  # entries of a schedule


def pipeline_schedule(
    num_stages: int, num_micro_batches: int, *, backward_ticks: int = 1
) -> NDArray[np.int64]:
    """Who works on what and when: all forwards first, then all backwards.

    Each stage starts as soon as it is free and has its input; the last
    micro-batch comes back first.

    Args:
        num_stages: P.
        num_micro_batches: M.
        backward_ticks: r, how many ticks one stage takes backwards.

    Returns:
        One stage a row and one tick a column: i for micro-batch i
        (from 1) forwards, −i backwards, 0 for an idle stage.

    Raises:
        TypeError: if an argument is not whole.
        ValueError: if one is below 1, or the schedule would hold more
            than 10⁶ entries.

    Source:
        Huang et al. (2019), section 2.3; eq. `claim:bubble` of this book.
    """
    P = check.whole(num_stages, "num_stages", least=1)
    M = check.whole(num_micro_batches, "num_micro_batches", least=1)
    r = check.whole(backward_ticks, "backward_ticks", least=1)
    if P * (M + P - 1) * (1 + r) > LARGEST:
        raise ValueError(
            f"num_stages, num_micro_batches and backward_ticks must give "
            f"at most {LARGEST} entries, got {P}, {M} and {r}"
        )

    tasks = [(s, i, 1) for i in range(1, M + 1) for s in range(P)]
    tasks += [(s, -i, r) for i in range(M, 0, -1) for s in reversed(range(P))]
    free = [0] * P  # from when on each stage is free
    placed, ready = [], 0
    for task, (s, i, ticks) in enumerate(tasks):
        ready = ready if task % P else 0  # a new micro-batch waits for none
        start = max(ready, free[s])
        free[s] = ready = start + ticks
        placed.append((s, i, start, ready))
    return _drawn(placed, P, max(free))


def _drawn(
    placed: list[tuple[int, int, int, int]], P: int, ticks: int
) -> NDArray[np.int64]:
    schedule = np.zeros((P, ticks), dtype=np.int64)
    for s, i, start, end in placed:
        schedule[s, start:end] = i
    return schedule

"""One line of a bench, and how two sides of a ratio are timed."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

REPEATS = 5
Say = Callable[[str], object]


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    value: str
    target: str = ""
    good: bool | None = None


def interleaved(
    calls: Sequence[Callable[[], Any]],
    *,
    turns: int = 60,
    repeats: int = REPEATS,
) -> list[float]:
    """The least time of each call, taken in turns so that load is fair."""
    best = [math.inf] * len(calls)
    for _ in range(turns):
        for i, call in enumerate(calls):
            start = time.process_time()
            for _ in range(repeats):
                call()
            best[i] = min(best[i], (time.process_time() - start) / repeats)
    return best

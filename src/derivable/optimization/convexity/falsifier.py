"""A search for a chord that falls below the graph.

Notation:
    x, y: the ends of a chord, any shape; t: how far along, in [0, 1].
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.optimization.convexity._values import (
    ScalarFunction,
    chord,
    points_of,
)


@dataclass(frozen=True)
class ConvexityCheck:
    """The worst chord that a search found. It counts as true if it passed.

    Attributes:
        passed: whether no chord fell below the graph. This is no proof.
        gap: the chord gap of the worst chord, negative if it did not
            pass. A chord is worse the smaller its gap is beside the
            largest |f| on it.
        x: where that chord begins.
        y: where it ends.
        t: where along it the gap was taken.
    """

    passed: bool
    gap: float
    x: Array
    y: Array
    t: float

    def __bool__(self) -> bool:
        return self.passed


def is_convex_on_samples(
    f: ScalarFunction,
    points: ArrayLike,
    *,
    rng: np.random.Generator,
    num_chords: int = 1000,
    tolerance: float = 1e-9,
) -> ConvexityCheck:
    """Look for a chord that falls below the graph.

    One such chord disproves convexity. None found proves nothing.

    Args:
        f: function of an array that returns one number.
        points: where chords begin and end, shape (m, …), m ≥ 2; f must
            be finite on all segments between them.
        rng: chooses the pairs, and the place along each chord.
        num_chords: how many chords are tried.
        tolerance: a gap counts as negative below this, relative to the
            largest |f| on the chord; an f that loses digits to
            cancellation inside can miss by more.

    Returns:
        The verdict, with the worst chord as its witness.

    Raises:
        TypeError: if f is not a function or points is not real.
        ValueError: if there are fewer than 2 points, num_chords is below
            1, tolerance is not positive, or f is not finite.

    Source:
        eq. `def:convex-function` of this book.
    """
    check.function(f)
    points = points_of(points, least=2)
    tolerance = check.positive(tolerance, "tolerance")
    if num_chords < 1:
        raise ValueError(f"num_chords must be at least 1, got {num_chords}")

    worst, witness = np.inf, (0.0, points[0], points[1], 0.0)
    for _ in range(num_chords):
        i, j = rng.choice(len(points), size=2, replace=False)
        t = rng.uniform()
        gap, size = chord(f, points[i], points[j], t)
        relative = gap / size if size else 0.0
        if relative < worst:
            worst, witness = relative, (gap, points[i], points[j], t)
    return ConvexityCheck(worst >= -tolerance, *witness)

"""A search for a chord that falls below the graph.

Notation:
    x, y: the ends of a chord, any shape; t: how far along, in [0, 1].
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.optimization.convexity._rounding import is_rounding
from derivable.optimization.convexity._values import (
    ScalarFunction,
    chord,
    farthest,
    points_of,
)


@dataclass(frozen=True)
class ConvexityCheck:
    """The worst chord that a search found. It counts as true if it passed.

    Attributes:
        passed: whether no chord fell below the graph by more than
            rounding. This is no proof.
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

    NB: values are rounded, and by how much is estimated, from second
    differences of f beside the three points and on the longest chord from x.
    If f is computed in wider steps, it looks like a function that has steps.

    Args:
        f: function of an array that returns one number.
        points: where chords begin and end, shape (m, …), m ≥ 2; f must
            be finite on all segments between them.
        rng: chooses the pairs, and the place along each chord.
        num_chords: how many chords are tried.
        tolerance: a gap counts as negative below this, relative to the
            largest |f| on the chord, and only if it is more than the
            rounding of f there.

    Returns:
        The verdict, with the worst chord as its witness.

    Raises:
        TypeError: if f is not a function, points is not real, rng is no
            Generator, or num_chords is no whole number.
        ValueError: if there are fewer than 2 points, num_chords is below
            1, tolerance is not positive, or f is not finite.

    Source:
        eq. `def:convex-function` of this book; Moré and Wild (2011) for
        errors in a table of differences.
    """
    check.function(f)
    points = points_of(points, least=2)
    tolerance = check.positive(tolerance, "tolerance")
    check.whole(num_chords, "num_chords", least=1)
    check.generator(rng)

    worst, witness = np.inf, (0.0, points[0], points[1], 0.0)
    for _ in range(num_chords):
        i, j = rng.choice(len(points), size=2, replace=False)
        x, y, t = points[i], points[j], rng.uniform()
        gap, size = chord(f, x, y, t)
        relative = gap / size if size else 0.0
        if relative >= worst:
            continue
        if relative < -tolerance:
            far = farthest(points, x)  # f may have steps wider than x to y
            looks = [(x, y, t), (x, y, 0.0), (x, y, 1.0), (x, far, 0.0)]
            if is_rounding(f, gap, looks):
                continue
        worst, witness = relative, (gap, x, y, t)
    return ConvexityCheck(worst >= -tolerance, *witness)

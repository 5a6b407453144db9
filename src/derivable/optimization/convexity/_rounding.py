"""Whether a gap can be what rounding makes of zero.

The values of f carry errors that nobody tells us: a sum may cancel, and be
zero up to its last digits. They can be seen. Second differences of a smooth
f over steps h shrink with h²; those of errors stay as large as the errors.

Notation:
    x, y: the ends of a chord, any shape; t: how far along, in [0, 1].
    look: a chord and a place on it, (x, y, t).
    h: a step along the chord, as a part of its length.
"""

from collections.abc import Iterable

import numpy as np

from derivable._validation import Array
from derivable.optimization.convexity._values import ScalarFunction, between

STEPS = 0.03 * 0.4 ** np.arange(21)  # no powers of two: they round too well
Look = tuple[Array, Array, float]
PLACES = np.arange(1, 9)
TIMES = 4.0  # a gap adds up the errors of three values
LEAST = float(np.nextafter(0, 1))  # no value is finer than this


def is_rounding(f: ScalarFunction, gap: float, looks: Iterable[Look]) -> bool:
    """Whether a gap is small beside the errors of f where one looks."""
    return any(abs(gap) <= TIMES * roughness(f, *look) for look in looks)


def roughness(f: ScalarFunction, x: Array, y: Array, place: float) -> float:
    """The median size of second differences of f, from steps of all sizes.

    All points lie on the chord, beside the place and not at it: there f is
    defined, and a value that differs from all its neighbours is no error.
    Steps over which nothing changes say nothing; nor do those that change
    f by a whole number of its last digits, so each place has steps of its
    own.
    """
    inward = (1.0 if place <= 0.5 else -1.0) * (1 - 0.3 * place)
    found = []
    for h in STEPS:
        at = place + inward * h * PLACES
        values = np.array([between(f, x, y, float(s)) for s in at])
        with np.errstate(over="ignore", invalid="ignore"):
            found.append(float(np.max(np.abs(np.diff(values, 2)))))
    seen = [size for size in found if 0 < size < np.inf]
    return max(float(np.median(seen)) if seen else 0.0, LEAST)

"""Is a slope wrong, or do differences of f show nothing but rounding?

Notation:
    x, d: point and direction, same shape.
    slope: what the gradient says of f along d, ∇f(x)·d.
    h: how far along d differences are taken.
"""

from collections.abc import Callable

import numpy as np

from derivable import _validation as check
from derivable._precision import EPS, norm
from derivable._validation import Array

VISIBLE = 200.0  # times the blur: a change of f that differences measure
AGREES = 0.1  # relative, of a slope with its difference


def blur(f: Callable[[Array], float], x: Array, d: Array) -> float:
    """How far rounding moves f: its range over neighbours of x along d.

    They are a few units in the last place of x apart; nine calls of f.
    Terms that cancel in f blur it by more than a unit in its last place.
    """
    unit = _unit(x, d)
    values = [_value(f, x + j * unit * d) for j in range(-4, 5)]
    return max(max(values) - min(values), EPS * max(map(abs, values)))


def refuted(
    f: Callable[[Array], float], x: Array, d: Array, slope: float
) -> float | None:
    """The slope that differences measure, if it refutes the one given.

    They are taken where f is promised to change by more than its blur,
    to both sides and over two distances. If the distances disagree, or
    f is blurred more that far away, the differences measure rounding or
    curvature, and refute nothing; nor do they at a kink, if the slope
    is that of one side.
    """
    if slope == 0:
        return None
    with np.errstate(all="ignore"):
        h = VISIBLE * blur(f, x, d) / abs(slope)
        h = max(h, VISIBLE * _unit(x, d))
        left, right, far = (
            (_value(f, x + b * d) - _value(f, x + a * d)) / (b - a)
            for a, b in ((-h, 0.0), (0.0, h), (-2 * h, 2 * h))
        )
        if 20 * blur(f, x + 2 * h * d, d) > h * abs(slope):
            return None  # f has grown so far that its rounding hides it
    near = (left + right) / 2
    gap = min(abs(a - slope) for a in (left, near, right))
    if gap > AGREES * abs(slope) and abs(far - near) <= gap / 4:
        return near
    return None


def _unit(x: Array, d: Array) -> float:
    return 8 * EPS * (norm(x) / norm(d) or 1.0)


def _value(f: Callable[[Array], float], x: Array) -> float:
    return check.evaluated(f, x.copy())

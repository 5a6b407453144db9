"""What the functions on chords and samples have in common.

Notation:
    x, y: two points, any shape; t: how far from x to y, in [0, 1].
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array

ScalarFunction = Callable[[Array], ArrayLike]


def chord(
    f: ScalarFunction, x: Array, y: Array, t: float
) -> tuple[float, float]:
    """The gap at t, and the largest |f| among the three values."""
    a, b, c = value(f, x), value(f, y), between(f, x, y, t)
    gap = check.number((1 - t) * a + t * b - c, "the chord gap")
    return gap, max(abs(a), abs(b), abs(c))


def between(f: ScalarFunction, x: Array, y: Array, t: float) -> float:
    """The value of f at t on the way from x to y."""
    return value(f, (1 - t) * x + t * y)


def value(f: ScalarFunction, x: Array) -> float:
    """The finite number f(x)."""
    y = check.evaluated(f, x.copy())
    if not np.isfinite(y):
        raise ValueError(
            f"f(x) must be finite, got {y} at x = {x}; "
            "keep to a convex set on which f is defined"
        )
    return y


def pair(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Two points of one shape."""
    x, y = check.real(x), check.real(y, "y")
    if x.shape != y.shape:
        raise ValueError(f"y must have shape {x.shape}, got {y.shape}")
    return x, y


def points_of(points: ArrayLike, *, least: int) -> Array:
    """At least so many points, one along the first axis each."""
    points = check.real(points, "points")
    if points.ndim == 0 or len(points) < least:
        raise ValueError(
            f"points must hold at least {least}, one a row, "
            f"got shape {points.shape}"
        )
    return points


def farthest(points: Array, x: Array) -> Array:
    """The point whose farthest coordinate is farthest from that of x."""
    away = np.abs(points / 2 - x / 2).reshape(len(points), -1)
    return np.asarray(points[np.argmax(away.max(axis=1))])

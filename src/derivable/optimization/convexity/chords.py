"""Chords, tangents and means: three gaps that convexity keeps from < 0.

Notation:
    x, y: two points, any shape; t: how far from x to y, in [0, 1].
    z: the point (1 − t) x + t y between them.
    g: the gradient at x, or a subgradient, shape of x.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.optimization.convexity._values import (
    ScalarFunction,
    chord,
    pair,
    points_of,
    value,
)


def chord_gap(
    f: ScalarFunction, x: ArrayLike, y: ArrayLike, t: float
) -> float:
    """How far the chord from x to y lies above the graph, at t.

    Args:
        f: function of an array that returns one number.
        x: where the chord begins, any shape.
        y: where it ends, shape of x.
        t: how far along, in [0, 1].

    Returns:
        (1 − t) f(x) + t f(y) − f((1 − t) x + t y); negative only if f
        is not convex, up to rounding.

    Raises:
        TypeError: if f is not a function or an input is not real.
        ValueError: if shapes differ, t lies outside [0, 1], or f is not
            one finite number at one of the three points.

    Source:
        eq. `def:convex-function` of this book.
    """
    check.function(f)
    x, y = pair(x, y)
    if not 0 <= check.number(t, "t") <= 1:
        raise ValueError(f"t must lie in [0, 1], got {t}")

    return chord(f, x, y, float(t))[0]


def tangent_gap(
    f: ScalarFunction,
    gradient: Callable[[Array], ArrayLike],
    x: ArrayLike,
    y: ArrayLike,
) -> float:
    """How far the graph at y lies above the tangent at x.

    Args:
        f: function of an array that returns one number.
        gradient: its gradient, or a subgradient where it has a kink.
        x: where the tangent touches, any shape.
        y: where it is compared, shape of x.

    Returns:
        f(y) − f(x) − ⟨∇f(x), y − x⟩: at least 0 if f is convex, at least
        μ/2 ‖y − x‖² if strongly so, at most L/2 ‖y − x‖² if L-smooth.

    Raises:
        TypeError: if f or gradient is not a function or an input is not
            real.
        ValueError: if shapes differ, or f or its gradient is not finite.

    Source:
        eq. `claim:tangent-below` of this book.
    """
    check.function(f)
    check.function(gradient, "gradient")
    x, y = pair(x, y)
    g = check.real(gradient(x.copy()), "gradient(x)")
    if g.shape != x.shape:
        raise ValueError(
            f"gradient(x) must have shape {x.shape}, got {g.shape}"
        )
    with np.errstate(over="ignore", invalid="ignore"):
        rise = float(np.sum(g * (y - x)))
    gap = value(f, y) - value(f, x) - rise
    return check.number(gap, "the tangent gap")


def jensen_gap(
    f: ScalarFunction, points: ArrayLike, weights: ArrayLike | None = None
) -> float:
    """Mean of the values minus value of the mean.

    Args:
        f: function of an array that returns one number.
        points: m points along the first axis, shape (m, …).
        weights: shape (m,), not negative, sum 1; default 1/m each.

    Returns:
        Σ wᵢ f(xᵢ) − f(Σ wᵢ xᵢ), at least 0 if f is convex.

    Raises:
        TypeError: if f is not a function or an input is not real.
        ValueError: if points holds none, weights has not their number,
            is negative or has another sum, or f is not finite.

    Source:
        Jensen (1906); eq. `claim:jensen` of this book.
    """
    check.function(f)
    points = points_of(points, least=1)
    m = len(points)
    w = _weights(weights, m)

    mean = np.tensordot(w, points, axes=1)
    values = np.array([value(f, x) for x in points])
    gap = float(w @ values) - value(f, mean)
    return check.number(gap, "Jensen's gap")


def _weights(weights: ArrayLike | None, m: int) -> Array:
    """Numbers of at least 0 with sum 1, shape (m,)."""
    if weights is None:
        return np.full(m, 1 / m)
    w = check.vector(weights, "weights")
    with np.errstate(over="ignore"):
        whole = np.isclose(w.sum(), 1, rtol=1e-9)
    if len(w) != m or w.min() < 0 or not whole:
        raise ValueError(
            f"weights must be {m} numbers of at least 0 with sum 1, got {w}"
        )
    return w

"""How much a gradient turns: the curvature between sampled points.

Notation:
    d: the difference of two points; c: that of their gradients.
    mu, L: strong convexity and smoothness: μ‖d‖² ≤ ⟨c, d⟩, ‖c‖ ≤ L‖d‖.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import norm
from derivable._validation import Array
from derivable.optimization.convexity._values import points_of


def curvature_on_samples(
    gradient: Callable[[Array], ArrayLike],
    points: ArrayLike,
    *,
    rng: np.random.Generator,
    num_pairs: int = 1000,
) -> tuple[float, float]:
    """Bounds on μ from above and on L from below, by pairs of points.

    Args:
        gradient: x ↦ ∇f(x), of the shape of x.
        points: shape (m, …), m ≥ 2, no two of them equal.
        rng: chooses the pairs.
        num_pairs: how many pairs are tried.

    Returns:
        The smallest ⟨c, d⟩ / ‖d‖² and the largest ‖c‖ / ‖d‖, for the
        differences d of two points and c of their gradients. A first
        number that is negative by more than the rounding of the
        gradients disproves convexity: the gradient is not monotone.

    Raises:
        TypeError: if gradient is not a function, points is not real, rng
            is no Generator, or num_pairs is no whole number.
        ValueError: if there are fewer than 2 points or two equal ones
            meet, num_pairs is below 1, a gradient or a curvature is not
            finite, or a gradient has another shape than its point.

    Source:
        eq. `claim:monotone` and `def:smooth` of this book.
    """
    check.function(gradient, "gradient")
    points = points_of(points, least=2)
    check.whole(num_pairs, "num_pairs", least=1)
    check.generator(rng)
    slopes = np.array([_slope(gradient, x) for x in points])

    mu, L = np.inf, 0.0
    for _ in range(num_pairs):
        i, j = rng.choice(len(points), size=2, replace=False)
        length, u = _direction(points[i], points[j])
        c = _difference(slopes[i], slopes[j], "a change of gradient")
        mu = min(mu, float(np.sum(c * u)) / length)
        L = max(L, norm(c) / length)
    return check.number(mu, "the curvature"), check.number(L, "the curvature")


def _direction(x: Array, y: Array) -> tuple[float, Array]:
    """The distance of two points, and the direction between them."""
    d = _difference(x, y, "a distance")
    length = norm(d)
    if length == 0:
        raise ValueError(f"points must differ, got {x} twice")
    return length, d / length


def _difference(x: Array, y: Array, name: str) -> Array:
    with np.errstate(over="ignore"):
        return check.real(x - y, name)


def _slope(gradient: Callable[[Array], ArrayLike], x: Array) -> Array:
    g = check.real(gradient(x.copy()), "gradient(x)")
    if g.shape != x.shape:
        raise ValueError(
            f"gradient(x) must have shape {x.shape}, got {g.shape}"
        )
    return g

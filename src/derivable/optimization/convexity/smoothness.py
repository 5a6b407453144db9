"""How much a gradient turns: the curvature between sampled points.

Notation:
    d: the difference of two points; c: that of their gradients.
    mu, L: strong convexity and smoothness: μ‖d‖² ≤ ⟨c, d⟩, ‖c‖ ≤ L‖d‖.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array


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
        differences d of two points and c of their gradients. A negative
        first number disproves convexity: the gradient is not monotone.

    Raises:
        TypeError: if gradient is not a function or points is not real.
        ValueError: if there are fewer than 2 points or two equal ones
            meet, num_pairs is below 1, or a gradient is not finite or
            has another shape than its point.

    Source:
        eq. `claim:monotone` and `def:smooth` of this book.
    """
    check.function(gradient, "gradient")
    points = check.real(points, "points")
    if points.ndim == 0 or len(points) < 2:
        raise ValueError(
            f"points must hold at least 2, one a row, got {points.shape}"
        )
    if num_pairs < 1:
        raise ValueError(f"num_pairs must be at least 1, got {num_pairs}")
    slopes = np.array([_slope(gradient, x) for x in points])

    mu, L = np.inf, 0.0
    for _ in range(num_pairs):
        i, j = rng.choice(len(points), size=2, replace=False)
        d, c = points[i] - points[j], slopes[i] - slopes[j]
        square = float(np.sum(d * d))
        if square == 0:
            raise ValueError(f"points must differ, got {points[i]} twice")
        mu = min(mu, float(np.sum(c * d)) / square)
        L = max(L, float(np.sqrt(np.sum(c * c) / square)))
    return mu, L


def _slope(gradient: Callable[[Array], ArrayLike], x: Array) -> Array:
    g = check.real(gradient(x.copy()), "gradient(x)")
    if g.shape != x.shape:
        raise ValueError(
            f"gradient(x) must have shape {x.shape}, got {g.shape}"
        )
    return g

"""The nearest point of a convex set, for four sets.

Notation:
    x: any point, shape (n,).
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array


def project_box(x: ArrayLike, low: ArrayLike, high: ArrayLike) -> Array:
    """The nearest point with low ≤ x ≤ high: clip each entry.

    Args:
        x: any point, shape (n,).
        low: lower limits, a number or shape (n,); −∞ is allowed.
        high: upper limits, a number or shape (n,); ∞ is allowed.

    Returns:
        The projection, shape (n,).

    Raises:
        ValueError: if some low > high or a limit is NaN, so that the box
            is empty.
    """
    x = check.vector(x)
    low, high = np.broadcast_arrays(low, high)
    if not np.all(low <= high):
        raise ValueError(f"the box is empty: low ≤ high, got {low} and {high}")
    return np.clip(x, low, high)


def project_ball(
    x: ArrayLike, radius: float = 1.0, center: ArrayLike | None = None
) -> Array:
    """The nearest point with ‖x − center‖ ≤ radius.

    Args:
        x: any point, shape (n,).
        radius: of the ball, positive.
        center: of the ball, shape (n,); the origin if None.

    Returns:
        The projection, shape (n,).

    Raises:
        ValueError: if radius is not positive or shapes differ.
    """
    x, radius = check.vector(x), check.positive(radius, "radius")
    c = np.zeros_like(x) if center is None else check.vector(center, "center")
    if c.shape != x.shape:
        raise ValueError(f"center must have shape {x.shape}, got {c.shape}")

    away = float(np.linalg.norm(x - c))
    return x if away <= radius else c + (x - c) * (radius / away)


def project_halfspace(x: ArrayLike, a: ArrayLike, b: float) -> Array:
    """The nearest point with aᵀx ≤ b.

    Args:
        x: any point, shape (n,).
        a: normal, shape (n,), not zero.
        b: offset.

    Returns:
        The projection, shape (n,).

    Raises:
        ValueError: if a is zero or has not the shape of x.
    """
    x, a, b = check.vector(x), check.vector(a, "a"), check.number(b, "b")
    if a.shape != x.shape:
        raise ValueError(f"a must have shape {x.shape}, got {a.shape}")
    if not a.any():
        raise ValueError("a must not be zero: it bounds nothing")

    excess = max(float(a @ x) - b, 0.0)
    return np.asarray(x - excess / (a @ a) * a)


def project_simplex(x: ArrayLike, total: float = 1.0) -> Array:
    """The nearest point with entries ≥ 0 that add up to `total`.

    Args:
        x: any point, shape (n,).
        total: what the entries add up to, positive.

    Returns:
        max(x − ν, 0) for the one ν that makes the sum right, shape (n,).

    Raises:
        ValueError: if total is not positive.

    Source:
        eq. `claim:simplex`; Held, Wolfe and Crowder (1974).
    """
    x, total = check.vector(x), check.positive(total, "total")
    x = x - np.max(x)  # changes ν only, and spares rounding
    u = np.sort(x)[::-1]
    k = np.arange(1, x.size + 1)
    shifts = (np.cumsum(u) - total) / k  # ν, if the k largest stay positive
    nu = shifts[np.flatnonzero(u > shifts)[-1]]
    return np.asarray(np.maximum(x - nu, 0))

"""The nearest point of a convex set, for four sets.

Notation:
    x: any point, shape (n,).
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import scaled
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
        TypeError: if a limit is not real.
        ValueError: if some low > high, so that the box is empty, a limit
            is NaN, or has not the shape of x.
    """
    x = check.vector(x)
    low, high = _limit(low, "low", x), _limit(high, "high", x)
    if not np.all((low <= high) & (low < np.inf) & (high > -np.inf)):
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

    d, e = scaled(x / 2 - c / 2)  # x − c itself may overflow
    away = float(np.linalg.norm(d))
    with np.errstate(over="ignore"):
        inside = away <= np.ldexp(radius, -e - 1)
    if inside:
        return x
    return np.asarray(c + radius * (d / away))


def project_halfspace(x: ArrayLike, a: ArrayLike, b: float) -> Array:
    """The nearest point with aᵀx ≤ b.

    Args:
        x: any point, shape (n,).
        a: normal, shape (n,), not zero.
        b: offset.

    Returns:
        The projection, shape (n,).

    Raises:
        ValueError: if a is zero or has not the shape of x, or the
            half-space lies beyond what float64 holds.
    """
    x, a, b = check.vector(x), check.vector(a, "a"), check.number(b, "b")
    if a.shape != x.shape:
        raise ValueError(f"a must have shape {x.shape}, got {a.shape}")
    if not a.any():
        raise ValueError("a must not be zero: it bounds nothing")

    a, e = scaled(a)
    with np.errstate(over="ignore"):
        away = float(np.ldexp(b, -e))
    if np.isinf(away) and b > 0:
        return x
    if np.isinf(away):
        raise ValueError(f"b must be within reach of a, got b = {b:g}")
    u, k = scaled(np.append(x, away))
    excess = max(float(a @ u[:-1] - u[-1]), 0.0)
    if excess == 0:
        return x
    return np.asarray(np.ldexp(u[:-1] - excess / (a @ a) * a, k))


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
    with np.errstate(over="ignore"):  # −∞ is far enough below the top
        x = (x - np.max(x)) / total  # changes ν only, and spares rounding
    u = np.sort(np.maximum(x, -1))[::-1]
    k = np.arange(1, x.size + 1)
    shifts = (np.cumsum(u) - 1) / k  # ν, if the k largest stay positive
    nu = shifts[np.flatnonzero(u > shifts)[-1]]
    return np.asarray(total * np.maximum(x - nu, 0))


def _limit(given: ArrayLike, name: str, x: Array) -> Array:
    """A number or a vector like x, which may be infinite."""
    try:
        values = np.asanyarray(given)
    except ValueError:
        values = check.real(given, name)  # says what is wrong with it
    if values.dtype.kind == "f" and np.isnan(values).any():
        raise ValueError(f"{name} must be a number or infinite, got nan")
    open_ = np.isinf(values) if values.dtype.kind == "f" else False
    finite = np.where(open_, 0.0, values) if np.any(open_) else given
    check.real(finite, name)
    if values.shape not in ((), x.shape):
        raise ValueError(
            f"{name} must be a number or have shape {x.shape}, got "
            f"{values.shape}"
        )
    return values

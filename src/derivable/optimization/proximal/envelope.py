"""The Moreau envelope, and conjugates on a grid.

Notation:
    x, s: points of a grid and slopes, shapes (n,) and (m,).
    p: a proximal point; t: the step.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import norm
from derivable._validation import Array
from derivable.optimization.proximal.functions import ProxFunction


def moreau_envelope(g: ProxFunction, x: ArrayLike, step: float = 1.0) -> float:
    """The least value of g(p) + ‖p − x‖² / 2t over all p.

    Args:
        g: a convex function with its proximal operator.
        x: where, the shape that g takes.
        step: t, positive.

    Returns:
        The value of the envelope at x.

    Raises:
        TypeError: if g is no ProxFunction.
        ValueError: if step is not positive, or the value too large.

    Source:
        eq. `claim:envelope` of this book; Moreau (1965).
    """
    check.instance(g, ProxFunction, "g")
    x = check.real(x)
    p = g.prox(x, step)
    with np.errstate(over="ignore"):
        cost = np.square(np.float64(norm(p - x))) / (2 * step)
        return check.number(g.value(p) + cost, "the envelope")


def conjugate(f: ArrayLike, x: ArrayLike, s: ArrayLike) -> Array:
    """f*(s) = max over the grid of s x − f(x).

    Args:
        f: values on the grid, shape (n,); ∞ where f is not defined, but
            not everywhere.
        x: the grid, shape (n,).
        s: slopes, shape (m,).

    Returns:
        f*(s), shape (m,). Off a grid that holds the maximiser it is a
        lower bound of the conjugate.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if shapes differ, f holds NaN or −∞ or no number, or
            a value leaves float64.

    Source:
        eq. `def:conjugate` of this book.
    """
    f, x, s = check.reals(f, "f"), check.vector(x), check.vector(s, "s")
    if f.shape != x.shape:
        raise ValueError(f"f must have shape {x.shape}, got {f.shape}")
    if not np.isfinite(f).any() or not np.all(f > -np.inf):
        raise ValueError(
            f"f must be numbers or ∞, and a number somewhere, got {f}"
        )
    with np.errstate(over="ignore", invalid="ignore"):
        lines = s[:, None] * x - f  # eq. def:conjugate
    return check.real(np.max(lines, axis=1), "the conjugate")

"""Functions one after another, and functions that undo each other.

Notation:
    f, g: functions; g ∘ f is g after f.
    D: a decoder, shape (n, k); its columns span what it can reach.
    E: the encoder that belongs to it, shape (k, n).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array
from derivable.linalg import pseudo_inverse

Function = Callable[[Any], Any]


def compose(*functions: Function) -> Function:
    """One function that applies several, the last one first.

    Args:
        *functions: functions of one argument, each of which takes what
            the next one returns.

    Returns:
        The function x ↦ functions[0](functions[1](… x)), which takes x
        to that value; of none, the identity.

    Raises:
        TypeError: if one of them cannot be called.

    Source:
        eq. `def:composition` of this book.
    """
    for i, f in enumerate(functions):
        check.function(f, f"functions[{i}]")

    return lambda x: reduce(lambda y, f: f(y), reversed(functions), x)


@dataclass(frozen=True)
class RoundTrip:
    """How far points come back from a round trip. True if it passed.

    Attributes:
        passed: whether every point came back, to within the tolerance.
            This says nothing of other points; that one did not is a
            proof, unless f or g loses digits, as in float32.
        gap: the largest distance between a point and where it came back
            to, over the sum of the largest norms of both kinds.
        x: the point that came back worst, shape of one point.
        back: where it came back to, the same shape.
    """

    passed: bool
    gap: float
    x: Array
    back: Array

    def __bool__(self) -> bool:
        return self.passed


def undoes(
    g: Function, f: Function, points: ArrayLike, *, tolerance: float = 1e-9
) -> RoundTrip:
    """Is g(f(x)) = x at these points?

    Args:
        g: function of what f returns.
        f: function of one point.
        points: one along the first axis, shape (m, …), of one size: a
            small one may hide behind a large one.
        tolerance: the largest gap that counts as rounding, relative to
            the largest norms of a point and of a returned point, added
            up; from 1 on, everything passes.

    Returns:
        The verdict, with the point that came back worst.

    Raises:
        TypeError: if g or f is not a function, or points or g(f(x)) is
            not real.
        ValueError: if points has no axis, g(f(x)) has not the shape of
            x, a number is not finite, or tolerance is not positive.

    Source:
        eq. `def:left-inverse` of this book.
    """
    check.function(g, "g")
    check.function(f)
    points = check.real(points, "points")
    tolerance = check.positive(tolerance, "tolerance")
    if points.ndim == 0:
        raise ValueError(f"points must have shape (m, …), got {points}")

    back = np.stack([_returned(g, f, x) for x in points])
    pairs, _ = precision.scaled(np.stack([points, back]))
    off = [precision.norm(d) for d in pairs[1] - pairs[0]]
    size = sum(max(precision.norm(x) for x in side) for side in pairs)
    worst = int(np.argmax(off))
    gap = off[worst] / size if size else 0.0
    return RoundTrip(gap <= tolerance, gap, points[worst], back[worst])


def _returned(g: Function, f: Function, x: Array) -> Array:
    """Where x comes back to, if that is a point of its kind."""
    back = check.real(g(f(x.copy())), "g(f(x))")
    if back.shape != x.shape:
        raise ValueError(
            f"g(f(x)) must have shape {x.shape}, got {back.shape}"
        )
    return back


def left_inverse(D: ArrayLike) -> Array:
    """The encoder that belongs to a decoder x = D z.

    Args:
        D: independent columns, shape (n, k) with k ≤ n.

    Returns:
        E = (DᵀD)⁻¹ Dᵀ, shape (k, n): E D = I, and D E x is the point
        nearest to x that D can reach. Found without DᵀD, which can
        cost half of the digits.

    Raises:
        TypeError: if D is not real.
        ValueError: if D is not a finite matrix, its columns are
            dependent to working precision, or E is too large for a
            float64.

    Source:
        eq. `claim:left-inverse` of this book.
    """
    D = check.matrix(D, "D")
    k, r = D.shape[1], precision.column_rank(D)
    if r < k:
        raise ValueError(f"D must have {k} independent columns, got {r}")

    evened, e = precision.evened(D, 0)  # each column in units of its own
    return precision.unscaled(pseudo_inverse(evened), -e.T, "E")

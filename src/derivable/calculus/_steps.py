"""The step of a difference, chosen in one place.

Notation:
    x: where, any shape.
    h: a step for each entry of x; float64 adds and subtracts it exactly.
    d: a difference quotient, an estimate of a derivative.
    rho: how far rounding the values of f moves d.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._precision import EPS
from derivable._validation import Array

NEAR = 100.0  # |x| within this factor of 1: one step suits both scales
SHARP = 1e-3  # share of a quotient that is a small error

Quotient = Callable[[Any], tuple[Array, Array]]
Index = NDArray[np.intp]


def central(
    values: Callable[[Any], Any], x: Any, h: float | None
) -> tuple[Array, Index]:
    """The central difference (f(x + h) − f(x − h)) / 2h.

    Args:
        values: f, which returns a new array at each call.
        x: where, any shape that broadcasts with the values.
        h: step; by default the one of `steps` that errs least.

    Returns:
        The quotient, and which of the steps it was made with.

    Raises:
        ValueError: as `steps` and `steadiest`.
    """

    def quotient(h: Array) -> tuple[Array, Array]:
        ahead, behind = values(x + h), values(x - h)
        return (ahead - behind) / (2 * h), rounding(h, ahead, behind)

    tried = steps(x, h, power=1 / 3)
    return steadiest(quotient, tried, enough=1e-9)


def along(
    values: Callable[[Array], Any], x: Array, i: int | tuple[int, ...]
) -> Callable[[Any], Any]:
    """The function of the entry xᵢ alone, the others held fixed."""

    def of_entry(x_i: Any) -> Any:
        moved = x.copy()
        moved[i] = x_i
        return values(moved)

    return of_entry


def steps(x: ArrayLike, h: float | None, *, power: float) -> Array:
    """The steps to try, the widest first.

    A function may change on the scale of 1, as the sine does, or on the
    scale of x, as the logarithm does. Where the two are within a factor
    of 100, one step between them suits both. Elsewhere there are four,
    for the larger scale, the smaller, and two between.

    Args:
        x: where, any shape.
        h: a step that is given, or None.
        power: of ε; the step is ε^power times the scale.

    Returns:
        Steps that are added exactly, shape (1, *shape of x) or (4, …).

    Raises:
        ValueError: if h is not positive or too small to move x.
    """
    size = np.abs(np.asarray(x, dtype=np.float64))
    if h is not None:
        h = check.positive(h, "h")
        taken = (size + h) - size
        if not np.all(taken):
            raise ValueError(f"h must be large enough to move x, got {h}")
        return taken[np.newaxis]

    scale = np.where(size == 0, 1.0, size)
    near = (scale >= 1 / NEAR) & (scale <= NEAR)
    scales = np.sqrt(scale)[np.newaxis]
    if not np.all(near):
        apart = np.sort([scale**p for p in (0, 1 / 3, 2 / 3, 1)], axis=0)
        scales = np.where(near, scales, apart[::-1])
    wanted = np.maximum(EPS**power * scales, np.spacing(size))
    return np.asarray((size + wanted) - size)


def steadiest(
    quotient: Quotient, h: Array, *, enough: float
) -> tuple[Array, Index]:
    """The quotient that changes least when its step is made four times.

    Too wide a step changes it because the limit is not reached, too
    narrow a step because rounding is divided by it. That change is taken
    for the error, from wide to narrow: of two quotients that agree within
    their errors the one with the smaller error wins; if they disagree,
    the narrower one, provided that its error is a small share of it.

    Args:
        quotient: gives d and rho for a step.
        h: steps, the widest first, along the first axis.
        enough: an error of `enough` |d| ends the search, but the widest
            step is never alone; so does agreement with a larger error.

    Returns:
        d, and the index of the step that it was made with, of its shape;
        a single step is taken as it is.

    Raises:
        ValueError: if d is not finite.
    """
    if len(h) == 1:
        with np.errstate(all="ignore"):  # what is not finite is refused
            d = np.asarray(quotient(h[0])[0])
        return _finite(d), np.zeros(d.shape, dtype=np.intp)

    d, error, k = np.asarray(np.nan), np.asarray(np.inf), np.asarray(0)
    search = np.isnan(d)
    for i, step in enumerate(h):
        tried, change = _change(quotient, step, last=i == len(h) - 1)
        agree = np.abs(tried - d) <= change + error
        sharp = ~np.isfinite(d) | (change < SHARP * np.abs(tried))
        better = search & np.where(agree, change < error, sharp)
        agree = agree & (change <= np.abs(tried) / 10)
        d, error = np.where(better, tried, d), np.where(better, change, error)
        k = np.where(better, i, k)
        found = np.where(better, error <= enough * np.abs(d), agree)
        search = search & ~(found & (i > 0))
        if not np.any(search):
            break
    return _finite(d), k


def _change(quotient: Quotient, h: Array, *, last: bool) -> tuple[Any, Any]:
    """The quotient, and its change with four times the step, plus rho.

    A step that is not the last may leave the domain of f, which may then
    give NaN or refuse: both say to go on.
    """
    try:
        with np.errstate(all="ignore"):
            d, rho = quotient(h)
            return d, np.abs(quotient(4 * h)[0] - d) + rho
    except (ValueError, ArithmeticError):
        if last:
            raise
        return np.nan, np.nan


def rounding(h: Array, *values: Any) -> Array:
    """How far rounding moves a sum of values of f, divided by h."""
    with np.errstate(over="ignore"):
        return np.asarray(EPS * np.max(np.abs(values), axis=0) / h)


def _finite(d: Array) -> Any:
    """The slopes as they are; of one number, a number."""
    slopes = np.ravel(d)
    finite = np.isfinite(slopes)
    if not finite.all():
        bad = slopes[~finite][0]
        raise ValueError(f"f must be finite around x, got a slope of {bad}")
    return np.asarray(d)[()]

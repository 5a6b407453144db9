"""Derivatives from values of the function alone.

Notation:
    f: the function, applied to arrays element by element.
    x: where, any shape.
    h: the step, a positive number.
"""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array

EPS = float(np.finfo(np.float64).eps)

Function = Callable[[Any], ArrayLike]
Method = Literal["forward", "central", "complex"]


def forward_difference(
    f: Function, x: ArrayLike, *, h: float | None = None
) -> Array:
    """Derivative by one step forward: (f(x + h) − f(x)) / h.

    Args:
        f: function applied element by element.
        x: where, any shape; integers are promoted.
        h: step; default √ε · max(1, |x|), where ε = 2⁻⁵².

    Returns:
        f′(x) with an error of order h, shape of x.

    Raises:
        TypeError: if f is not a function or x is not real.
        ValueError: if x is empty or not finite, or h is not positive.

    Source:
        eq. `claim:forward-error` of this book.
    """
    x = _point(f, x)
    h = _step(h, x, power=1 / 2)
    return (_values(f, x + h) - _values(f, x)) / h


def central_difference(
    f: Function, x: ArrayLike, *, h: float | None = None
) -> Array:
    """Derivative by a step to each side: (f(x + h) − f(x − h)) / 2h.

    Args:
        f: function applied element by element.
        x: where, any shape; integers are promoted.
        h: step; default ε^(1/3) · max(1, |x|), where ε = 2⁻⁵².

    Returns:
        f′(x) with an error of order h², shape of x.

    Raises:
        TypeError: if f is not a function or x is not real.
        ValueError: if x is empty or not finite, or h is not positive.

    Source:
        eq. `claim:central-error` of this book.
    """
    x = _point(f, x)
    h = _step(h, x, power=1 / 3)
    return (_values(f, x + h) - _values(f, x - h)) / (2 * h)


def complex_step(f: Function, x: ArrayLike, *, h: float = 1e-20) -> Array:
    """Derivative by an imaginary step: Im f(x + ih) / h.

    Nothing is subtracted, so h can be tiny and nothing cancels.

    Args:
        f: analytic function, written with operations that accept
            complex numbers; abs, max and comparisons do not qualify.
        x: where, any shape; integers are promoted.
        h: step.

    Returns:
        f′(x) to rounding, shape of x.

    Raises:
        TypeError: if f is not a function, or gives real numbers.
        ValueError: if x is empty or not finite, or h is not positive.

    Source:
        Squire and Trapp (1998).
    """
    x = _point(f, x)
    h = check.positive(h, "h")
    z = np.asarray(f(x + 1j * h))
    if not np.iscomplexobj(z):
        raise TypeError(f"f must keep complex numbers, gave {z.dtype}")
    return z.imag / h


def derivative(
    f: Function,
    x: ArrayLike,
    *,
    method: Method = "central",
    h: float | None = None,
) -> Array:
    """Derivative of f at x, element by element.

    Args:
        f: function applied element by element.
        x: where, any shape; integers are promoted.
        method: "central", "forward" or "complex".
        h: step; by default the best for the method.

    Returns:
        f′(x), shape of x.

    Raises:
        TypeError: if f is not a function or x is not real.
        ValueError: if x is empty or not finite, h is not positive, or
            the method is unknown.
    """
    if method == "central":
        return central_difference(f, x, h=h)
    if method == "forward":
        return forward_difference(f, x, h=h)
    if method == "complex":
        return complex_step(f, x, h=1e-20 if h is None else h)
    raise ValueError(
        f"method must be central, forward or complex, got {method!r}"
    )


def partial(
    f: Callable[[Array], ArrayLike],
    i: int,
    x: ArrayLike,
    *,
    h: float | None = None,
) -> float:
    """Partial derivative ∂f/∂xᵢ: the others are held fixed.

    Args:
        f: scalar function of a vector of shape (n,).
        i: which coordinate, 0 ≤ i < n.
        x: where, shape (n,); integers are promoted.
        h: step; default ε^(1/3) · max(1, |xᵢ|).

    Returns:
        The slope of f along coordinate i.

    Raises:
        TypeError: if f is not a function or x is not real.
        ValueError: if x is no finite vector, i is out of range, h is
            not positive, or f(x) is not one number.
    """
    check.function(f)
    x = check.vector(x)
    if not 0 <= i < x.size:
        raise ValueError(f"i must lie in [0, {x.size}), got {i}")
    h = float(_step(h, x[i], power=1 / 3))
    e = np.zeros_like(x)
    e[i] = h
    ahead, behind = check.evaluated(f, x + e), check.evaluated(f, x - e)
    return (ahead - behind) / (2 * h)


def _point(f: object, x: ArrayLike) -> Array:
    check.function(f)
    return check.real(x)


def _step(h: float | None, x: ArrayLike, *, power: float) -> Array:
    """The step: given, or ε^power scaled by the size of x."""
    if h is None:
        return np.asarray(EPS**power * np.maximum(1.0, np.abs(x)))
    return np.asarray(check.positive(h, "h"))


def _values(f: Function, x: Array) -> Array:
    """f(x) as float64 of the shape of x."""
    y = np.asarray(f(x), dtype=np.float64)
    if y.shape not in {x.shape, ()}:
        raise ValueError(
            f"f must act element by element: {x.shape} gave {y.shape}"
        )
    return np.broadcast_to(y, x.shape)

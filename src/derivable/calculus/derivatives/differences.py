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
from derivable.calculus._steps import (
    along,
    central,
    rounding,
    steadiest,
    steps,
)

Function = Callable[[Any], ArrayLike]
Method = Literal["forward", "central", "complex"]


def forward_difference(
    f: Function, x: ArrayLike, *, h: float | None = None
) -> Array:
    """Derivative by one step forward: (f(x + h) − f(x)) / h.

    Args:
        f: function applied element by element.
        x: where, any shape; integers are promoted.
        h: step; by default √ε times a scale between 1 and |x|, the one
            whose slope is steadiest, ε = 2⁻⁵².

    Returns:
        f′(x) with an error of order h, shape of x.

    Raises:
        TypeError: if f is not a function or x is not real.
        ValueError: if x is empty or not finite, h is not positive or
            too small to move x, f does not act element by element, or
            is not finite around x.

    Source:
        eq. `claim:forward-error` of this book.
    """
    x = _point(f, x)

    def quotient(h: Array) -> tuple[Array, Array]:
        ahead, here = _values(f, x + h), _values(f, x)
        return (ahead - here) / h, rounding(h, ahead, here)

    tried = steps(x, h, power=1 / 2)
    return steadiest(quotient, tried, enough=1e-6)[0]


def central_difference(
    f: Function, x: ArrayLike, *, h: float | None = None
) -> Array:
    """Derivative by a step to each side: (f(x + h) − f(x − h)) / 2h.

    Args:
        f: function applied element by element.
        x: where, any shape; integers are promoted.
        h: step; by default ε^(1/3) times a scale between 1 and |x|,
            the one whose slope is steadiest, ε = 2⁻⁵².

    Returns:
        f′(x) with an error of order h², shape of x.

    Raises:
        TypeError: if f is not a function or x is not real.
        ValueError: if x is empty or not finite, h is not positive or
            too small to move x, f does not act element by element, or
            is not finite around x.

    Source:
        eq. `claim:central-error` of this book.
    """
    x = _point(f, x)
    return central(lambda x: _values(f, x), x, h)[0]


def complex_step(
    f: Function, x: ArrayLike, *, h: float | None = None
) -> Array:
    """Derivative by an imaginary step: Im f(x + ih) / h.

    Nothing is subtracted, so h can be tiny and nothing cancels.

    Args:
        f: analytic function, written with operations that accept
            complex numbers; abs, max and comparisons do not qualify.
        x: where, any shape; integers are promoted.
        h: step; default 10⁻²⁰ · min(1, |x|), and 10⁻²⁰ at 0.

    Returns:
        f′(x) to rounding, shape of x.

    Raises:
        TypeError: if f is not a function, or gives real numbers.
        ValueError: if x is empty or not finite, h is not positive, f
            does not act element by element, or is not finite at x.

    Source:
        Squire and Trapp (1998).
    """
    x = _point(f, x)
    taken = _imaginary(x) if h is None else check.positive(h, "h")
    with np.errstate(over="ignore", invalid="ignore"):
        y = _complex_values(f, x, taken)
    return check.real(y.imag / taken, "the slope of f")[()]


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
        ValueError: if the method is unknown, and as the methods; a
            function that reduces is for `numerical_gradient`.
    """
    check.choice(method, ("central", "forward", "complex"), "method")

    if method == "central":
        return central_difference(f, x, h=h)
    if method == "forward":
        return forward_difference(f, x, h=h)
    return complex_step(f, x, h=h)


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
        h: step; by default as `central_difference`.

    Returns:
        The slope of f along coordinate i.

    Raises:
        TypeError: if f is not a function or x is not real.
        ValueError: if x is no finite vector, i is out of range, h is
            not positive, or f(x) is not one number.
    """
    check.function(f)
    x = check.vector(x)
    i = check.whole(i, "i", most=x.size - 1)
    value = along(lambda x: check.evaluated(f, x), x, i)
    return float(central(value, x[i], h)[0])


def _point(f: object, x: ArrayLike) -> Array:
    check.function(f)
    return check.real(x)


def _values(f: Function, x: Array) -> Array:
    """A new array with f(x), of the shape of x."""
    y = check.reals(f(np.array(x)), "f(x)")
    _elementwise(f, x, y)
    return np.array(np.broadcast_to(y, x.shape))


def _complex_values(f: Function, x: Array, h: ArrayLike) -> Any:
    """f(x + ih), of the shape of x, for an f that is real where x is."""
    z = x + 1j * np.asarray(h)
    y = f(np.array(z))
    if not _is_complex(y):
        check.reals(y, "f(x)")
        raise TypeError("f must keep complex numbers, got real ones")
    y = np.array(y)
    _elementwise(f, z, y)
    imaginary = np.imag(f(x + 0j))
    if np.any(imaginary):
        raise ValueError(
            "f must be real for real x, got an imaginary part of "
            f"{np.max(np.abs(imaginary))}"
        )
    return y


def _is_complex(y: Any) -> bool:
    """Whether these are complex numbers, in a whole array or alone."""
    try:
        return np.iscomplexobj(y) and not isinstance(y, np.ma.MaskedArray)
    except ValueError:  # rows of different lengths
        return False


def _elementwise(f: Function, x: Any, y: Any) -> None:
    """Refuse values that are not one for each entry of x."""
    if y.shape == x.shape or (y.ndim == 0 and x.size == 1):
        return
    if y.ndim == 0 and _constant(f, x, y):
        return
    use = "numerical_gradient" if y.size == 1 else "jacobian"
    raise ValueError(
        f"f must act element by element: {x.shape} gave {y.shape}; "
        f"if that is meant, use {use}"
    )


def _constant(f: Function, x: Array, y: Array) -> bool:
    """Whether f gives y, one number, at another point too."""
    factors = np.linspace(1.5, 2, x.size).reshape(x.shape)
    with np.errstate(all="ignore"):
        return np.array_equal(f(np.where(x == 0, 1, x) * factors), y)


def _imaginary(x: Array) -> Array:
    """A step that is tiny beside x, and beside 1."""
    size = np.where(x == 0, 1.0, np.minimum(np.abs(x), 1.0))
    return np.maximum(1e-20 * size, 1e-300)

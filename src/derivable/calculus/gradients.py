"""Gradients by differences, and the check of a gradient made by hand.

Notation:
    f: a scalar function of an array.
    x: the array, any shape.
    g: the gradient, of the shape of x.
    h: the step of a difference.
    d: a direction, of the shape of x.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array

CBRT_EPS = float(np.cbrt(np.finfo(np.float64).eps))
FLOOR = 1e-3  # slopes below FLOOR · |f| are measured with few digits

ScalarFunction = Callable[[Array], ArrayLike]


def numerical_gradient(
    f: ScalarFunction, x: ArrayLike, *, h: float | None = None
) -> Array:
    """Gradient of a scalar function by central differences.

    Args:
        f: function of an array that returns one number.
        x: where, any shape; integers are promoted, never truncated.
        h: step for every entry; default ε^(1/3) · max(1, |xᵢ|).

    Returns:
        The partial derivatives, shape of x.

    Raises:
        TypeError: if f is not a function or x is not real.
        ValueError: if x is empty or not finite, h is not positive or
            too small to move x, or f(x) is not one number.

    Source:
        eq. `def:gradient` of this book.
    """
    check.function(f)
    x = check.real(x)
    g = np.empty_like(x)
    for i in np.ndindex(x.shape):
        step = _step(h, float(x[i]))
        ahead, behind = x.copy(), x.copy()
        ahead[i] += step
        behind[i] -= step
        rise = check.evaluated(f, ahead) - check.evaluated(f, behind)
        g[i] = rise / _moved(float(ahead[i] - behind[i]), step)
    return g


def directional_derivative(
    f: ScalarFunction,
    x: ArrayLike,
    d: ArrayLike,
    *,
    h: float | None = None,
) -> float:
    """Rate of change of f for each unit of length along d.

    Args:
        f: function of an array that returns one number.
        x: where, any shape.
        d: direction, shape of x; its length does not matter.
        h: step; default ε^(1/3) · max(1, ‖x‖).

    Returns:
        ∇f(x) · d / ‖d‖, by one central difference.

    Raises:
        TypeError: if f is not a function, or x or d is not real.
        ValueError: if d is zero or has not the shape of x, x or d is
            not finite, h is not positive or too small to move x, or
            f(x) is not one number.

    Source:
        eq. `def:directional-derivative` of this book.
    """
    check.function(f)
    x, d = check.real(x), check.real(d, "d")
    if d.shape != x.shape:
        raise ValueError(f"d must have shape {x.shape}, got {d.shape}")
    largest = np.max(np.abs(d))
    if largest == 0:
        raise ValueError("d must not be zero: it names no direction")

    step = _step(h, float(np.linalg.norm(x)))
    u = d / largest  # NB: squares of d itself may overflow
    u /= np.linalg.norm(u)
    ahead, behind = x + step * u, x - step * u
    width = _moved(float(np.sum((ahead - behind) * u)), step)
    return (check.evaluated(f, ahead) - check.evaluated(f, behind)) / width


@dataclass(frozen=True)
class GradientCheck:
    """What a comparison with central differences found.

    Attributes:
        passed: whether `error` is at most `tolerance`.
        error: ‖analytic − numeric‖ / max(‖analytic‖ + ‖numeric‖, floor),
            and 0 if both are equal.
        tolerance: what was asked for.
        floor: 10⁻³ |f(x)| / max(1, min |xᵢ|): differences blur smaller
            slopes, so what is off by less than tolerance · floor passes.
        worst: index of the entry with the largest difference.
        analytic: the gradient that was checked, shape of x.
        numeric: the differences, shape of x.
    """

    passed: bool
    error: float
    tolerance: float
    floor: float
    worst: tuple[int, ...]
    analytic: Array
    numeric: Array


def gradient_check(
    f: ScalarFunction,
    grad: Callable[[Array], ArrayLike],
    x: ArrayLike,
    *,
    tolerance: float = 1e-6,
    h: float | None = None,
) -> GradientCheck:
    """Compare a gradient with central differences.

    Args:
        f: function of an array that returns one number.
        grad: what is said to be its gradient.
        x: where, any shape, away from kinks of f and from minima at
            which f is 0.
        tolerance: largest relative error that passes; 1e-6 is for
            float64 and smooth f.
        h: step of the differences; default as `numerical_gradient`.

    Returns:
        Verdict, error, and both gradients.

    Raises:
        TypeError: if f or grad is not a function or x is not real.
        ValueError: if grad(x) has not the shape of x or is not finite,
            tolerance is not positive, and as `numerical_gradient`.

    Source:
        eq. `def:relative-error` of this book.
    """
    check.function(grad, "grad")
    tolerance = check.positive(tolerance, "tolerance")
    x = check.real(x)
    g = check.real(grad(x.copy()), "grad(x)")
    if g.shape != x.shape:
        raise ValueError(f"grad(x) must have shape {x.shape}, got {g.shape}")

    g_hat = numerical_gradient(f, x, h=h)
    floor = _floor(f, x)
    error = _relative_error(g, g_hat, floor)
    worst = np.unravel_index(np.argmax(np.abs(g - g_hat)), x.shape)
    return GradientCheck(
        passed=error <= tolerance,
        error=error,
        tolerance=tolerance,
        floor=floor,
        worst=tuple(int(i) for i in worst),
        analytic=g,
        numeric=g_hat,
    )


def _relative_error(g: Array, g_hat: Array, floor: float) -> float:
    gap = float(np.linalg.norm(g - g_hat))
    size = float(np.linalg.norm(g) + np.linalg.norm(g_hat))
    return gap / max(size, floor) if gap else 0.0


def _floor(f: ScalarFunction, x: Array) -> float:
    """Rounding moves a difference by about ε^(2/3) |f| / max(1, |xᵢ|)."""
    smallest = float(np.min(np.abs(x)))
    return FLOOR * abs(check.evaluated(f, x)) / max(1.0, smallest)


def _step(h: float | None, size: float) -> float:
    if h is None:
        return CBRT_EPS * max(1.0, abs(size))
    return check.positive(h, "h")


def _moved(width: float, h: float) -> float:
    """The width of a difference, as x ± h were rounded."""
    if width == 0:
        raise ValueError(f"h must be large enough to move x, got {h}")
    return width

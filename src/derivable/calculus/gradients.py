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
from derivable._precision import EPS, norm, scaled
from derivable._validation import Array
from derivable.calculus._steps import (
    along,
    central,
    rounding,
    steadiest,
    steps,
)

FLOOR = 1e-3  # slopes below FLOOR · |f| are measured with few digits

ScalarFunction = Callable[[Array], ArrayLike]


def numerical_gradient(
    f: ScalarFunction, x: ArrayLike, *, h: float | None = None
) -> Array:
    """Gradient of a scalar function by central differences.

    Args:
        f: function of an array that returns one number.
        x: where, any shape; integers are promoted, never truncated.
        h: step for every entry; by default ε^(1/3) times a scale
            between 1 and |xᵢ|, as `central_difference` chooses it.

    Returns:
        The partial derivatives, shape of x.

    Raises:
        TypeError: if f is not a function or x is not real.
        ValueError: if x is empty or not finite, h is not positive or
            too small to move x, or f(x) is not one finite number.

    Source:
        eq. `def:gradient` of this book.
    """
    check.function(f)
    x = check.real(x)
    g = np.empty_like(x)
    for i in np.ndindex(x.shape):
        value = along(lambda x: check.evaluated(f, x), x, i)
        g[i], _ = central(value, x[i], h)
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
        h: step; by default ε^(1/3) times a scale between 1 and ‖x‖.

    Returns:
        ∇f(x) · d / ‖d‖, by one central difference.

    Raises:
        TypeError: if f is not a function, or x or d is not real.
        ValueError: if d is zero or has not the shape of x, x or d is
            not finite, h is not positive or too small to move x, or
            f(x) is not one finite number.

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

    u = d / largest  # NB: squares of d itself may overflow
    u /= np.linalg.norm(u)

    def quotient(h: Array) -> tuple[Array, Array]:
        ahead, behind = x + h * u, x - h * u
        width = _moved(float(np.sum((ahead - behind) * u)), float(h))
        values = check.evaluated(f, ahead), check.evaluated(f, behind)
        slope = (values[0] - values[1]) / width
        return np.asarray(slope), rounding(h, *values)

    tried = _line_steps(norm(x), h)
    return float(steadiest(quotient, tried, enough=1e-9)[0])


@dataclass(frozen=True)
class GradientCheck:
    """What a comparison with central differences found.

    Attributes:
        passed: whether `error` is at most `tolerance`.
        error: ‖analytic − numeric‖ / max(‖analytic‖ + ‖numeric‖, floor),
            and 0 if both are equal.
        tolerance: what was asked for.
        floor: 10⁻³ |f(x)| ε^(1/3) / h with the smallest step h taken:
            differences blur smaller slopes, so what is off by less than
            tolerance · floor passes.
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

    def __bool__(self) -> bool:
        """Whether the gradient passed."""
        return self.passed


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
        Verdict, error, and both gradients; true if it passed.

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

    g_hat, floor = _measured(f, x, h)
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
    """The gap beside both gradients, whatever their size."""
    unit = scaled(np.maximum(np.abs(g), np.abs(g_hat)))[1]
    g, g_hat = np.ldexp(g, -unit - 1), np.ldexp(g_hat, -unit - 1)
    gap, size = norm(g - g_hat), norm(g) + norm(g_hat)
    return gap / max(size, float(np.ldexp(floor, -unit - 1))) if gap else 0.0


def _measured(
    f: ScalarFunction, x: Array, h: float | None
) -> tuple[Array, float]:
    """The differences, and the slope below which they blur.

    Rounding moves a difference by about ε |f| / h.
    """
    check.function(f)
    g_hat, taken = np.empty_like(x), np.empty_like(x)
    for i in np.ndindex(x.shape):
        value = along(lambda x: check.evaluated(f, x), x, i)
        g_hat[i], k = central(value, x[i], h)
        taken[i] = steps(x[i], h, power=1 / 3)[k]
    size = abs(check.evaluated(f, x))
    return g_hat, FLOOR * size * EPS ** (1 / 3) / float(np.min(taken))


def _line_steps(size: float, h: float | None) -> Array:
    """Steps along a line through a point of this size; one may be given.

    x ± h u is rounded by ε ‖x‖, which turns the line; far out that asks
    for a wider step.
    """
    if h is not None:
        return np.array([check.positive(h, "h")])
    narrowest = np.cbrt(EPS) * min(size, np.cbrt(size))
    return np.asarray(np.maximum(steps(size, None, power=1 / 3), narrowest))


def _moved(width: float, h: float) -> float:
    """The width of a difference, as x ± h u were rounded."""
    if width == 0:
        raise ValueError(f"h must be large enough to move x, got {h}")
    return width

"""The density of a function of a random variable.

Notation:
    y: a value of Y = g(X).
    x: g⁻¹(y), the value of X that it comes from.
    J: Jacobian of g⁻¹ at y.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import jacobian


def transformed_pdf(
    pdf: Callable[[Array], ArrayLike],
    inverse: Callable[[Array], ArrayLike],
    y: ArrayLike,
) -> float:
    """Density of Y = g(X) at a point: f(g⁻¹(y)) |det J|.

    Args:
        pdf: density f of X, of shape (d,), or of one number.
        inverse: g⁻¹, from values of Y to values of X.
        y: one point, shape (d,), or one number.

    Returns:
        The density of Y at y, one number.

    Raises:
        TypeError: if pdf or inverse is no function, or y not real.
        ValueError: if y is no number and no vector, inverse changes its
            shape or has no slope at y, or a value is not finite.

    Source:
        eq. `claim:change-of-variables` of this book.
    """
    check.function(pdf, "pdf")
    check.function(inverse, "inverse")
    y = check.real(y, "y")
    if y.ndim > 1:
        raise ValueError(f"y must be one point, got shape {y.shape}")

    x = check.of_shape(inverse(y.copy()), y.shape, "inverse(y)")
    density = check.evaluated(pdf, check.real(x, "inverse(y)"), "pdf")
    J, J_half = (_jacobian(inverse, y, t) for t in (1.0, 0.5))
    with np.errstate(over="ignore", invalid="ignore"):
        squeeze, again = abs(np.linalg.det([J, J_half]))
        if abs(squeeze - again) > 0.01 * squeeze + 1e-6:
            raise ValueError(
                "inverse must have a slope at y, got |det J| "
                f"{squeeze:.6g}, with half the steps {again:.6g}"
            )
        kink, kink_half = (_kink(inverse, y, t) for t in (1.0, 0.5))
        small = 0.01 * _sizes(J) + 1e-6
        if np.any((kink_half > small) & (kink_half > 0.75 * kink)):
            raise ValueError(
                "inverse must have a slope at y, got two, one on each side, "
                f"that differ by {np.max(kink_half):.6g}"
            )
        changed = density * again
    return check.number(changed, "the density of Y")


def _jacobian(
    inverse: Callable[[Array], ArrayLike], y: Array, t: float
) -> Array:
    """By differences with t times the usual steps, shape (d, d)."""

    def near(v: Array) -> Array:
        moved = (1 - t) * y + t * v.reshape(y.shape)
        return np.reshape(inverse(moved), -1)

    return jacobian(near, np.ravel(y)) / t


def _kink(inverse: Callable[[Array], ArrayLike], y: Array, t: float) -> Array:
    """How far the slopes on both sides of y differ, for each entry of y."""
    x = np.reshape(inverse(y.copy()), -1)

    def bend(v: Array) -> Array:
        step = t * (v.reshape(y.shape) - y)
        moved = np.reshape(inverse(y + step), -1) - x
        # The steps ahead count as they are, those behind turned round.
        return np.asarray(2 * np.sign(np.sum(step)) * moved)

    return _sizes(jacobian(bend, np.ravel(y)) / t)


def _sizes(J: Array) -> Array:
    """The length of each column."""
    return np.asarray(np.sqrt(np.sum(J * J, axis=0)))

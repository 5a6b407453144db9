"""Surfaces with saddles whose behaviour is known exactly.

Notation:
    x: point, shape (n,) or (2,).
    lam: eigenvalues of the Hessian, λ, shape (n,).
    z: the point as a complex number, x₁ + i x₂.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.optimization.problem import Problem

Function = Callable[[Any], Any]
LARGEST = 1e150  # beyond it the square of a residual overflows


def saddle(curvatures: ArrayLike = (2.0, -2.0)) -> Problem:
    """The quadratic ½ Σ λᵢ xᵢ², flat at the origin.

    Args:
        curvatures: the eigenvalues λ of its Hessian, shape (n,). The
            default is x₁² − x₂².

    Returns:
        The problem, with gradient, Hessian and L = max |λᵢ|.

    Raises:
        TypeError: if curvatures are not real.
        ValueError: if there are none, or all are zero.
    """
    lam = check.vector(curvatures, "curvatures")
    if not lam.any():
        raise ValueError(f"one curvature must not be zero, got {lam}")

    return Problem(
        *_at_points(
            len(lam),
            lambda x: 0.5 * (lam @ np.square(x)),
            lambda x: lam * x,
            lambda _x: np.diag(lam),
        ),
        smoothness=float(np.abs(lam).max()),
        convexity=float(lam.min()),
    )


def monkey_saddle(legs: int = 3) -> Problem:
    """The real part of (x₁ + i x₂)ⁿ: n ways down, and n ways up between.

    Args:
        legs: n, at least 2; 2 is x₁² − x₂², 3 is x₁³ − 3 x₁ x₂².

    Returns:
        The problem in two variables, with gradient and Hessian.

    Raises:
        ValueError: if legs is below 2.
    """
    n = check.whole(legs, "legs", least=2)

    def power(x: Array, k: int) -> np.complex128:
        return np.complex128(complex(*x)) ** k

    def gradient(x: Array) -> Array:
        slope = n * power(x, n - 1)
        return np.array([slope.real, -slope.imag])

    def hessian(x: Array) -> Array:
        bend = n * (n - 1) * power(x, n - 2)
        return np.array([[bend.real, -bend.imag], [-bend.imag, -bend.real]])

    return Problem(
        *_at_points(2, lambda x: power(x, n).real, gradient, hessian)
    )


def flat_saddle(power: float = 4.0) -> Problem:
    """The surface ½ x₁² − |x₂|ᵖ / p: flatter along x₂ the larger p is.

    Args:
        power: p, at least 2; at 2 the saddle is strict, above it the
            Hessian at the origin has a zero eigenvalue.

    Returns:
        The problem in two variables, with gradient and Hessian.

    Raises:
        TypeError: if power is not real.
        ValueError: if power is below 2.
    """
    p = check.number(power, "power")
    if p < 2:
        raise ValueError(f"power must be at least 2, got {power}")

    def gradient(x: Array) -> Array:
        return np.array([x[0], -np.sign(x[1]) * abs(x[1]) ** (p - 1)])

    return Problem(
        *_at_points(
            2,
            lambda x: 0.5 * x[0] ** 2 - abs(x[1]) ** p / p,
            gradient,
            lambda x: np.diag([1.0, -(p - 1) * abs(x[1]) ** (p - 2)]),
        )
    )


def product_loss(target: float = 1.0) -> Problem:
    """The loss ½ (u v − t)² of a chain of two weights, x = (u, v).

    Its minima are the hyperbola u v = t; the origin is a saddle with
    eigenvalues t and −t, reached from every point of the line u = −v
    that is not too far away.

    Args:
        target: t, positive.

    Returns:
        The problem in two variables, with gradient and Hessian.

    Raises:
        TypeError: if target is not real.
        ValueError: if target is not positive, or above 1e150.
    """
    t = check.positive(target, "target")
    if t > LARGEST:
        raise ValueError(f"target must be at most {LARGEST:g}, got {t:g}")

    def hessian(x: Array) -> Array:
        u, v = x
        mixed = 2 * u * v - t
        return np.array([[v**2, mixed], [mixed, u**2]])

    return Problem(
        *_at_points(
            2,
            lambda x: 0.5 * (x[0] * x[1] - t) ** 2,
            lambda x: (x[0] * x[1] - t) * x[::-1],
            hessian,
        )
    )


def _at_points(
    n: int, f: Function, gradient: Function, hessian: Function
) -> tuple[Function, Function, Function]:
    """The same functions, which refuse what is no vector of n numbers."""

    def asked(g: Function) -> Function:
        def at(x: Any) -> Any:
            x = check.of_shape(x, (n,), "x")
            with np.errstate(over="ignore", invalid="ignore"):
                return g(x)

        return at

    return asked(f), asked(gradient), asked(hessian)

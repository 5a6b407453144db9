"""Roots that depend on parameters, and their derivatives.

Notation:
    F: the equations F(x, y) = 0, as many as unknowns.
    x: parameters, any shape; y: unknowns, any shape.
    g: adjoint of y; u: the solution of F_yᵀ u = g.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS, norm
from derivable._validation import Array, ConvergenceError
from derivable.calculus.autodiff import Dual, jvp
from derivable.calculus.autodiff.dual import paired, plain
from derivable.calculus.implicit._linear import (
    Equation,
    columns,
    numbers,
    pullback,
    regular,
    residual,
    solved,
)
from derivable.calculus.implicit.custom import custom_vjp, unrecorded


def implicit_jacobian(F: Equation, x: ArrayLike, y: ArrayLike) -> Array:
    """The derivative dy/dx of a solution y of F(x, y) = 0.

    Args:
        F: function of x and y, written with NumPy, with values of the
            shape of y.
        x: parameters, any shape.
        y: a solution for them, any shape; an approximate one gives an
            approximate derivative.

    Returns:
        −F_y⁻¹ F_x, shape of y followed by the shape of x.

    Raises:
        TypeError: if F is not a function, or x or y is not real.
        ValueError: if F(x, y) has not the shape of y, ∂F/∂y is singular
            relative to its scale, no solution is near y, or the values
            of F around y do not show ∂F/∂y: at a fold, in rounding, at
            a kink that changes it by more than about a quarter.

    Source:
        Krantz and Parks (2013), chapter 3; eq.
        `claim:implicit-derivative` of this book.
    """
    check.function(F, "F")
    x, y = check.real(x), check.real(y, "y")

    with unrecorded():
        Fy = regular(F, x, y)
        Fx = check.real(columns(lambda x: F(x, y), x), "∂F/∂x")
    return -solved(Fy, Fx, "∂F/∂y").reshape(y.shape + x.shape)


def root(
    F: Equation,
    x: Any,
    y0: ArrayLike,
    *,
    tol: float = 1e-12,
    max_steps: int = 50,
) -> Any:
    """A solution y of F(x, y) = 0, which `grad` and `jvp` go through.

    Newton's method finds y. Its steps are not recorded: the derivative
    comes from one linear system at the solution.

    Args:
        F: function of x and y, written with NumPy, with values of the
            shape of y; it depends on nothing else that varies.
        x: parameters, any shape.
        y0: start, shape of y; which of several roots is found depends
            on it, and it has derivative 0.
        tol: stop when a step is at most tol ‖y‖.
        max_steps: give up after so many steps.

    Returns:
        The root y, shape of y0.

    Raises:
        TypeError: if F is not a function, an input is not real, or the
            derivative of a derivative is asked for.
        ValueError: if F(x, y) has not the shape of y, tol is not
            positive, or ∂F/∂y is singular relative to its scale. A fold
            or a kink is refused as by `implicit_jacobian`, when its
            derivative is asked for.
        ConvergenceError: if the steps do not become small enough.

    Source:
        eq. `claim:root-adjoint` of this book.
    """
    check.function(F, "F")
    start = check.real(y0, "y0")
    tol = check.positive(tol, "tol")
    max_steps = check.whole(max_steps, "max_steps", least=1)

    def forward(x: Any) -> tuple[Any, Any]:
        x = numbers(x)
        y = _newton(F, x, start, tol, max_steps)
        return y, (x, y)

    def backward(saved: Any, g: Any) -> tuple[Any]:
        x, y = saved
        g = numbers(g, "g")
        u = solved(regular(F, x, y).T, g.ravel(), "∂F/∂y").reshape(y.shape)
        return (-pullback(lambda x: F(x, y), x, u),)

    if isinstance(x, Dual):
        value, v = numbers(x.value), numbers(x.tangent, "v")
        with unrecorded():
            y = _newton(F, value, start, tol, max_steps)
            Fv = plain(jvp(lambda x: F(x, y), value, v)[1])
            dy = -solved(regular(F, value, y), np.ravel(Fv), "∂F/∂y")
        return paired(y, dy.reshape(y.shape), x.level)
    return custom_vjp(forward, backward)(x)


def _newton(
    F: Equation, x: Array, y: Array, tol: float, max_steps: int
) -> Array:
    """The last iterate of Newton's method for F(x, ·)."""
    largest = norm(y)
    for _ in range(max_steps):
        r = residual(F, x, y).ravel()
        s = solved(columns(lambda y: F(x, y), y), r, "∂F/∂y")
        y = y - s.reshape(y.shape)
        size, largest = norm(y), max(largest, norm(y))
        if not np.isfinite(size):
            break
        if norm(s) <= max(tol * size, EPS * largest):
            return y
    raise ConvergenceError(
        f"no root within {max_steps} Newton steps: the last one is "
        f"{norm(s):.3g}, ‖y‖ is {size:.3g}"
    )

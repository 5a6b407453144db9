"""Fixed points that depend on parameters, and their derivatives.

Notation:
    f: the map y ↦ f(x, y), with values of the shape of y.
    x: parameters, any shape; y: the fixed point, y = f(x, y).
    g: adjoint of y; u: the sum of the Neumann series g + f_yᵀ g + …
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS, norm
from derivable._validation import Array, ConvergenceError
from derivable.calculus.autodiff import vjp
from derivable.calculus.autodiff.dual import plain
from derivable.calculus.implicit._linear import (
    Equation,
    numbers,
    pullback,
    residual,
)
from derivable.calculus.implicit.custom import custom_vjp


def fixed_point(
    f: Equation,
    x: Any,
    y0: ArrayLike,
    *,
    tol: float = 1e-12,
    max_steps: int = 1000,
) -> Any:
    """The limit of y ← f(x, y), which `grad` goes through.

    The way back iterates too, u ← g + (∂f/∂y)ᵀ u, with products only:
    no matrix is formed and no iterate is kept.

    Args:
        f: function of x and y, written with NumPy, with values of the
            shape of y; it depends on nothing else that varies.
        x: parameters, any shape.
        y0: start, shape of y; its derivative is 0.
        tol: stop when the change that is still to come is at most
            tol ‖y‖, on the way back tol ‖u‖, if the steps go on to
            shrink as the last three did; so a fixed point 0 counts only
            once it is reached exactly.
        max_steps: give up after so many steps.

    Returns:
        The fixed point, shape of y0.

    Raises:
        TypeError: if f is not a function, an input is not real, or the
            derivative of a derivative is asked for.
        ValueError: if f(x, y) has not the shape of y, or tol is not
            positive.
        ConvergenceError: if an iteration does not settle: where the
            spectral radius of ∂f/∂y is 1 or more, neither does.

    Source:
        Christianson (1994); eq. `claim:neumann` of this book.
    """
    check.function(f)
    start = check.real(y0, "y0")
    tol = check.positive(tol, "tol")
    max_steps = check.whole(max_steps, "max_steps", least=1)

    def forward(x: Any) -> tuple[Any, Any]:
        x = numbers(x)
        y = _settled(
            lambda y: residual(f, x, y, "f"), start, tol, max_steps, "f"
        )
        return y, (x, y)

    def backward(saved: Any, g: Any) -> tuple[Any]:
        x, y = saved
        g = numbers(g, "g")
        back = vjp(lambda y: f(x, y), y)[1]
        u = _settled(
            lambda u: g + plain(back(u)), g, tol, max_steps, "the way back"
        )
        return (pullback(lambda x: f(x, y), x, u),)

    return custom_vjp(forward, backward)(x)


def _settled(
    step: Callable[[Array], Any],
    y: Array,
    tol: float,
    max_steps: int,
    name: str,
) -> Array:
    """Repeat a step until what is still to come is small.

    Steps that shrink by a factor q leave q / (1 − q) times the last one.
    The larger of the last two ratios is taken for q; where a later one
    is larger still, more is left.
    """
    changes: list[float] = []
    for _ in range(max_steps):
        y_next = np.asarray(step(y))
        changes.append(norm(y_next - y))
        y = y_next
        if not np.isfinite(changes[-1]):
            break
        if changes[-1] <= 2 * EPS * norm(y):
            return y
        a, b, c = changes[-3:] if len(changes) > 2 else (1.0, 1.0, 1.0)
        q = max(b / a, c / b)
        if changes[-1] * q < (1 - q) * tol * norm(y):
            return y
    raise ConvergenceError(
        f"no fixed point of {name} after {len(changes)} steps: the last "
        f"one is {changes[-1]:.3g}, the result {norm(y):.3g}"
    )

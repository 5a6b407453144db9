"""Armijo's condition: a step must earn a share of what its slope promises.

Notation:
    x, d: point and direction, same shape.
    fall: slope along d, ∇f(x)·d, negative.
    c: share of the promise that a step must keep.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS
from derivable._validation import Array, ConvergenceError
from derivable.optimization._slopes import refuted
from derivable.optimization.first_order.rule import Optimizer, State
from derivable.optimization.problem import Problem, unwarned


def armijo(
    problem: Problem,
    x: ArrayLike,
    d: ArrayLike,
    *,
    initial: float = 1.0,
    share: float = 1e-4,
) -> float:
    """The first of α = initial, ½ initial, … that lowers f enough.

    Args:
        problem: f and its gradient.
        x: where, any shape.
        d: a descent direction, shape of x.
        initial: the step that is tried first, positive.
        share: c in (0, 1).

    Returns:
        The first α with f(x + α d) ≤ f(x) + c α ∇f(x)·d, or 0 if no
        step lowers f by more than rounding.

    Raises:
        ValueError: if d is not a descent direction, or an argument is
            out of its range.
        ConvergenceError: if no step lowers f and differences refute
            ∇f(x)·d: then the gradient is wrong.

    Source:
        Armijo (1966).
    """
    check.instance(problem, Problem, "problem")
    x, d, c = check.real(x), check.real(d, "d"), share
    alpha = check.positive(initial, "initial")
    if not 0 < check.number(c, "share") < 1:
        raise ValueError(f"share must lie in (0, 1), got {c}")
    f0, fall = _start(problem, x, d)
    if not fall < 0:
        raise ValueError(
            f"d must be a descent direction, ∇f(x)·d < 0, got {fall:.4g}"
        )

    with unwarned():
        while -alpha * fall > EPS * abs(f0):
            f1 = problem.f(x + alpha * d)
            if f1 <= f0 + c * alpha * fall and f1 < f0:  # eq. def:armijo
                return alpha
            alpha /= 2
    _refuse_wrong(problem, x, d, fall)
    return 0.0


def _start(problem: Problem, x: Array, d: Array) -> tuple[float, float]:
    """F and its slope along d at x."""
    if d.shape != x.shape:
        raise ValueError(f"d must have shape {x.shape}, got {d.shape}")
    with unwarned():
        f0 = check.number(problem.f(x.copy()), "f(x)")
        g = check.reals(problem.gradient(x.copy()), "gradient(x)")
        if g.shape != x.shape:
            raise ValueError(
                f"gradient(x) must have shape {x.shape}, got {g.shape}"
            )
        return f0, float(np.sum(g * d))


def line_search(
    problem: Problem, *, initial: float = 1.0, share: float = 1e-4
) -> Optimizer:
    """Gradient descent that finds every learning rate by `armijo`.

    Args:
        problem: the problem that will be minimised, in a vector.
        initial: the step that is tried first, positive.
        share: c of Armijo's condition, in (0, 1).

    Returns:
        The optimizer.

    Raises:
        ValueError: if initial is not positive; at a step, as `armijo`.
    """
    initial = check.positive(initial, "initial")

    def step(x: Array, g: Array, _state: State, alpha: float, _t: int) -> Any:
        if not g.any():
            return np.zeros_like(g)
        return -armijo(problem, x, -g, initial=alpha, share=share) * g

    return Optimizer("line search", initial, step)


def _refuse_wrong(problem: Problem, x: Array, d: Array, fall: float) -> None:
    """No step lowers f: because of rounding, or of a wrong gradient?"""
    slope = refuted(problem.f, x, d, fall)
    if slope is not None:
        raise ConvergenceError(
            f"no step along d lowers f, however short: ∇f(x)·d says "
            f"{fall:.4g}, differences say {slope:.4g}; "
            f"the gradient seems wrong, see gradient_check"
        )

"""BFGS: the inverse Hessian learned from differences of gradients.

Notation:
    s, y: the last step and the change of gradient, shape (n,).
    B: the estimate of the inverse Hessian, shape (n, n).
    rho: 1 / sᵀy, ρ.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS, norm
from derivable._validation import Array
from derivable.optimization.problem import Problem
from derivable.optimization.second_order._run import Descent, Run
from derivable.optimization.second_order._step import first, walk


def bfgs(
    problem: Problem,
    x0: ArrayLike,
    *,
    tol: float = 1e-10,
    max_steps: int = 1000,
) -> Descent:
    """Minimise by BFGS, from gradients alone.

    Args:
        problem: f with its gradient.
        x0: start, shape (n,).
        tol: stop when ‖∇f‖ ≤ tol ‖∇f(x0)‖, and the next step promises
            a fall of at most tol² |f|, or of tol² of the fall in the
            last three fifths of the steps.
        max_steps: give up after so many steps.

    Returns:
        All iterates, with step sizes and evaluations.

    Raises:
        TypeError: if x0, f or the gradient is not real.
        ValueError: if x0, f(x0) or the gradient there is not finite,
            tol is not positive, or max_steps is negative.
        StoppedError: if the line search fails, or the steps do not
            suffice.

    Source:
        Nocedal and Wright (2006), algorithm 6.1.
    """
    run = Run(problem, x0, "BFGS", tol, max_steps)
    B = np.eye(len(run.x))

    while run.going():
        x, g = run.x, run.g
        walk(run, -B @ g if run.steps else first(run))
        s, y = run.x - x, run.g - g
        if curved(s, y):
            if run.steps == 1:
                B *= (s @ y) / (y @ y)  # the curvature seen so far
            B = bfgs_update(B, s, y)
    return run.path()


@np.errstate(over="ignore", invalid="ignore")
def bfgs_update(B: ArrayLike, s: ArrayLike, y: ArrayLike) -> Array:
    """Change B so that B y = s, and as little as possible else.

    Args:
        B: symmetric positive definite matrix, shape (n, n).
        s: the step, shape (n,).
        y: the change of gradient along it, shape (n,).

    Returns:
        (I − ρ s yᵀ) B (I − ρ y sᵀ) + ρ s sᵀ, shape (n, n).

    Raises:
        TypeError: if B, s or y is not real.
        ValueError: if shapes do not match, or sᵀy is not positive.

    Source:
        Nocedal and Wright (2006), eq. 6.17; eq. `def:bfgs` of this book.
    """
    B, s, y = check.square(B, "B"), check.vector(s, "s"), check.vector(y, "y")
    if not len(B) == len(s) == len(y):
        raise ValueError(
            f"B, s and y must fit, got {B.shape}, {s.shape}, {y.shape}"
        )
    if s @ y <= 0:
        raise ValueError(f"sᵀy must be positive, got {s @ y:.3g}")

    rho = 1 / (s @ y)  # eq. def:bfgs
    v = B @ y
    # NB: the product of the formula multiplied out, n² instead of n³.
    change = rho * (1 + rho * (y @ v)) * np.outer(s, s)  # eq. def:bfgs
    change -= rho * (np.outer(s, v) + np.outer(v, s))  # eq. def:bfgs
    return check.real(B + change, "the update")


def curved(s: Array, y: Array) -> bool:
    """Whether sᵀy is positive beyond rounding; the Wolfe conditions say so."""
    return bool(s @ y > EPS * norm(s) * norm(y))

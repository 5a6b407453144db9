"""Gradients that come late, and workers that seldom meet.

Notation:
    x_t: iterate after step t; τ: delay of a gradient, in steps.
    α: learning rate; h: curvature.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.errors import DivergenceError

Gradient = Callable[[Array], ArrayLike]


def delayed_gradient_descent(
    gradient: Gradient,
    x0: ArrayLike,
    *,
    learning_rate: float,
    delay: int,
    num_steps: int = 100,
) -> Array:
    """Gradient descent whose gradients are as old as `delay` steps.

    Args:
        gradient: x ↦ ∇f(x), shape of x.
        x0: start, any shape; also what the first gradients are of.
        learning_rate: α, not negative.
        delay: τ; 0 is gradient descent.
        num_steps: T.

    Returns:
        All iterates, the start first, shape (T + 1, *shape of x0).

    Raises:
        TypeError: if gradient is no function, or delay not whole.
        ValueError: if x0 or a gradient has a wrong shape or value.
        DivergenceError: if an iterate is not finite.

    Source:
        eq. `def:stale-step` of this book.
    """
    check.function(gradient, "gradient")
    x0 = check.real(x0, "x0")
    alpha = check.not_negative(learning_rate, "learning_rate")
    tau = check.whole(delay, "delay")
    T = check.whole(num_steps, "num_steps")

    x = [x0]
    for t in range(T):
        old = x[max(t - tau, 0)]
        x.append(_step(gradient, x[t], old, alpha, x))
    return np.array(x)


def delay_limit(delay: int, curvature: float = 1.0) -> float:
    """The learning rate below which a quadratic forgives old gradients.

    Args:
        delay: τ.
        curvature: h, the largest eigenvalue of the Hessian, above 0.

    Returns:
        2 sin(π / (4τ + 2)) / h.

    Raises:
        TypeError: if delay is not whole.
        ValueError: if delay is negative, or curvature not above 0.

    Source:
        eq. `claim:delay-limit` of this book.
    """
    tau = check.whole(delay, "delay")
    h = check.positive(curvature, "curvature")

    limit = 2 * np.sin(np.pi / (4 * tau + 2))
    if h < limit / np.finfo(float).max:
        raise ValueError(f"curvature must have a finite limit, got {h}")
    return float(limit / h)


def local_gradient_descent(
    gradients: Any,
    x0: ArrayLike,
    *,
    learning_rate: float,
    local_steps: int = 1,
    num_rounds: int = 100,
) -> Array:
    """Each worker takes steps of its own; then all take their mean.

    Args:
        gradients: one function x ↦ ∇f_k(x) for each worker; all count
            the same.
        x0: start of all, any shape.
        learning_rate: α, not negative.
        local_steps: H, steps between two means.
        num_rounds: R, how often the workers meet.

    Returns:
        The start and the mean after each round, shape (R + 1, *shape
        of x0).

    Raises:
        TypeError: if gradients are no functions.
        ValueError: as `delayed_gradient_descent`, or if there are no
            gradients.
        DivergenceError: if an iterate is not finite.

    Source:
        McMahan et al. (2017), algorithm 1, with equal weights; eq.
        `claim:local-rest` of this book.
    """
    workers = check.sequence(gradients, "gradients")
    if not workers:
        raise ValueError("gradients must not be empty, got no functions")
    for k, gradient in enumerate(workers):
        check.function(gradient, f"gradients[{k}]")
    mean = check.real(x0, "x0")
    alpha = check.not_negative(learning_rate, "learning_rate")
    H = check.whole(local_steps, "local_steps", least=1)
    R = check.whole(num_rounds, "num_rounds")

    x = [mean]
    for _ in range(R):
        ends = []
        for gradient in workers:
            y = x[-1]
            for _ in range(H):
                y = _step(gradient, y, y, alpha, x)
            ends.append(y / len(workers))
        x.append(np.sum(ends, axis=0))
    return np.array(x)


def _step(
    gradient: Gradient, x: Array, at: Array, alpha: float, run: list[Array]
) -> Array:
    """The point after a step against ∇f(at), if it is finite."""
    with np.errstate(over="ignore", invalid="ignore"):
        g = check.reals(gradient(at.copy()), "gradient(x)")
        check.of_shape(g, x.shape, "gradient(x)")
        new = x - alpha * g
    if not np.isfinite(new).all():
        advice = "try a smaller learning rate"
        if np.array_equal(at, run[0]) and not np.isfinite(g).all():
            wrong = g[~np.isfinite(g)][0]
            advice = f"gradient(x) is {wrong} at the start, {run[0]}"
        raise DivergenceError(
            f"the run diverged at step {len(run)}; {advice}",
            len(run),
            np.array(run),
        )
    return np.asarray(new)

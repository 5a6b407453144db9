"""The loop that all first-order methods share.

Notation:
    x, g: parameters as one vector and the gradient there, shape (p,).
    t: number of the step, 1, 2, …
"""

from typing import Any

import numpy as np

from derivable import _validation as check
from derivable._trees import flatten
from derivable.optimization.first_order.rule import Optimizer, change
from derivable.optimization.first_order.trace import Run
from derivable.optimization.problem import Path, Problem, unwarned


def minimize(
    problem: Problem,
    x0: Any,
    optimizer: Optimizer,
    *,
    num_steps: int = 100,
    keep_every: int = 1,
) -> Path:
    """Take steps of an optimizer from x0.

    Args:
        problem: what is minimised.
        x0: start: an array of any shape, or a list, tuple or dict of
            arrays. It is copied.
        optimizer: the rule.
        num_steps: how many steps.
        keep_every: keep, and evaluate f at, every so many iterates; the
            first and the last are always kept.

    Returns:
        All iterates that were kept, with f and ‖∇f‖.

    Raises:
        TypeError: if x0, f(x) or the gradient is not real.
        ValueError: if x0 or f(x0) is not finite, the gradient has other
            shapes than x, the rate is negative, num_steps is negative,
            or keep_every is below 1.
        DivergenceError: if f or the gradient is not finite at an
            iterate, or ‖∇f‖ grows beyond 10⁶ times the larger of its
            first two values while f rises beyond 10⁶ |f(x0)|, or
            beyond 10³¹ times while f falls.
    """
    check.instance(optimizer, Optimizer, "optimizer")
    check.whole(num_steps, "num_steps")
    check.whole(keep_every, "keep_every", least=1)
    x, restore = flatten(x0)
    run = Run(problem, optimizer, restore)
    state = {name: np.zeros_like(x) for name in optimizer.state}

    with unwarned():
        for t in range(1, num_steps + 1):
            g = run.gradient(x, t - 1, keep=(t - 1) % keep_every == 0)
            x = x + change(optimizer, x, g, state, t)
        run.gradient(x, num_steps, keep=True)
    return run.path()

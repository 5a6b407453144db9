"""L-BFGS: BFGS from the last m pairs, without a matrix.

Notation:
    s, y: a step and its change of gradient, shape (n,).
    q, r: the vector on its way through the pairs, shape (n,).
    m: how many pairs are kept.
"""

from collections import deque
from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.optimization.problem import Problem
from derivable.optimization.second_order._run import Descent, Run
from derivable.optimization.second_order._step import first, walk
from derivable.optimization.second_order.quasi_newton import curved

Pair = tuple[Array, Array]


def lbfgs(
    problem: Problem,
    x0: ArrayLike,
    *,
    memory: int = 10,
    tol: float = 1e-10,
    max_steps: int = 15_000,
) -> Descent:
    """Minimise by L-BFGS, with 2 m vectors in place of a matrix.

    Args:
        problem: f with its gradient.
        x0: start, shape (n,).
        memory: how many pairs are kept, m.
        tol: stop as `bfgs` does.
        max_steps: give up after so many steps.

    Returns:
        All iterates, with step sizes and evaluations.

    Raises:
        TypeError: if x0, f or the gradient is not real.
        ValueError: if x0, f(x0) or the gradient there is not finite,
            memory is below 1, tol is not positive, or max_steps is
            negative.
        StoppedError: if the line search fails, or the steps do not
            suffice.

    Source:
        Nocedal (1980); Liu and Nocedal (1989).
    """
    check.whole(memory, "memory", least=1)
    run = Run(problem, x0, "L-BFGS", tol, max_steps)
    pairs: deque[Pair] = deque(maxlen=memory)

    while run.going():
        x, g = run.x, run.g
        walk(run, -two_loop(g, pairs) if pairs else first(run))
        s, y = run.x - x, run.g - g
        if curved(s, y):
            pairs.append((s, y))  # the oldest falls out
    return run.path()


@np.errstate(over="ignore", invalid="ignore")
def two_loop(g: ArrayLike, pairs: Iterable[Pair]) -> Array:
    """The BFGS estimate of the inverse Hessian, times g.

    Args:
        g: gradient, shape (n,).
        pairs: steps and changes of gradient (s, y), the oldest first.
            The estimate before them is (sᵀy / yᵀy) I of the newest.

    Returns:
        B g, shape (n,); g itself if there are no pairs.

    Raises:
        TypeError: if g is not real.
        ValueError: if g is no vector, or a pair has sᵀy ≤ 0.

    Source:
        Nocedal (1980); eq. `claim:two-loop` of this book.
    """
    q = check.vector(g, "g")
    pairs = [_pair(pair, q) for pair in check.sequence(pairs, "pairs")]

    kept = []
    for s, y in reversed(pairs):
        a = (s @ q) / (s @ y)  # eq. claim:two-loop
        q = q - a * y  # eq. claim:two-loop
        kept.append(a)
    if not pairs:
        return q
    r = _scaled(pairs[-1], q)
    for (s, y), a in zip(pairs, reversed(kept), strict=True):
        r = r + (a - (y @ r) / (s @ y)) * s  # eq. claim:two-loop
    return check.real(r, "B g")


def _pair(pair: Pair, g: Array) -> Pair:
    """A step and its change of gradient, if they fit g and one another."""
    two = check.sequence(pair, "pairs")
    if len(two) != 2:
        raise ValueError(f"pairs must hold pairs (s, y), got {len(two)} parts")
    s, y = (check.vector(v, name) for v, name in zip(two, "sy", strict=True))
    if not s.shape == y.shape == g.shape:
        raise ValueError(
            f"s and y must have shape {g.shape}, got {s.shape} and {y.shape}"
        )
    if not s @ y > 0:
        raise ValueError(f"sᵀy must be positive, got {s @ y:.3g}")
    return s, y


def _scaled(newest: Pair, q: Array) -> Array:
    s, y = newest
    return np.asarray((s @ y) / (y @ y) * q)

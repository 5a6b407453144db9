"""What an optimizer is: a rule that turns gradients into steps.

Notation:
    x, g: parameters as one vector and the gradient there, shape (p,).
    t: number of the step, 1, 2, …
    alpha: the learning rate of the step, α.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from derivable import _validation as check
from derivable._validation import Array

Schedule = Callable[[int], float]
Rate = float | Schedule
State = dict[str, Array]
Step = Callable[[Array, Array, State, float, int], Array]


@dataclass(frozen=True)
class Optimizer:
    """A rule that turns gradients into steps.

    Attributes:
        name: what labels and messages call it.
        learning_rate: the rate α, or a schedule t ↦ α for t = 1, 2, …
        step: (x, g, state, alpha, t) ↦ the change of x; x and g have
            shape (p,), and the arrays of the state are updated in place.
        state: names of the arrays that it keeps between steps, zero at
            the start, shape (p,).
        stability: the bound on α·L below which it converges on every
            convex quadratic, or None if there is none.

    Raises:
        TypeError: if the rate is neither a number nor a function, or
            step is no function.
        ValueError: if the rate is a number and not positive.
    """

    name: str
    learning_rate: Rate
    step: Step
    state: tuple[str, ...] = ()
    stability: float | None = None

    def __post_init__(self) -> None:
        check.function(self.step, "step")
        for name in check.sequence(self.state, "state"):
            check.instance(name, str, "a name in state")
        if self.stability is not None:
            check.positive(self.stability, "stability")
        if not callable(self.learning_rate):
            check.positive(self.learning_rate, "learning_rate")

    def rate(self, t: int) -> float:
        """The learning rate α of step t, which counts from 1."""
        check.whole(t, "t", least=1)
        if not callable(self.learning_rate):
            return float(self.learning_rate)
        alpha = check.number(self.learning_rate(t), "learning_rate(t)")
        if alpha < 0:
            raise ValueError(
                f"learning_rate(t) must not be negative, "
                f"got {alpha} at t = {t}"
            )
        return alpha


def change(
    optimizer: Optimizer, x: Array, g: Array, state: State, t: int
) -> Array:
    """What step t adds to x, shape (p,)."""
    d = optimizer.step(x, g, state, optimizer.rate(t), t)
    if type(d) is not np.ndarray or d.dtype != np.float64:
        d = check.reals(d, "step(…)")
    if d.shape != x.shape:
        raise ValueError(f"step(…) must have shape {x.shape}, got {d.shape}")
    return d


def refuse_overflow(squares: Array, g: Array) -> None:
    """Say that the square of a gradient is too large for a float64.

    NB: divided by an infinite root, every later step would be zero.
    """
    with np.errstate(over="ignore"):
        if np.isfinite(squares.sum()) or not np.isfinite(g).all():
            return
    raise ValueError(
        f"g must have squares with a finite sum, got {np.abs(g).max():.3g} "
        f"among its entries"
    )

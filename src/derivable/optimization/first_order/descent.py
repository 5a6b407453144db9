"""Gradient descent, momentum, and Nesterov's momentum.

Notation:
    x, g: parameters and gradient, shape (p,).
    v: velocity, a weighted sum of gradients, shape (p,).
    alpha: learning rate α of the step; t: its number, from 1.
"""

from collections.abc import Callable

from derivable import _validation as check
from derivable._validation import Array
from derivable.optimization.first_order.rule import Optimizer, Rate, State


def gradient_descent(learning_rate: Rate) -> Optimizer:
    """Steps −α g.

    Args:
        learning_rate: α, a positive number or a schedule.

    Returns:
        The optimizer.

    Raises:
        TypeError: if the rate is no number and no function.
        ValueError: if the rate is not positive.
    """

    def step(
        _x: Array, g: Array, _state: State, alpha: float, _t: int
    ) -> Array:
        return -alpha * g

    return Optimizer("gradient descent", learning_rate, step, stability=2.0)


def momentum(
    learning_rate: Rate,
    *,
    beta: float = 0.9,
    dampening: float = 0.0,
    first_undamped: bool = False,
) -> Optimizer:
    """The heavy ball: v ← β v + (1 − τ) g, steps −α v.

    Args:
        learning_rate: α, a positive number or a schedule.
        beta: how much of the velocity stays, β in [0, 1).
        dampening: τ in [0, 1); β makes v an average of gradients, 0
            their weighted sum, 1/(1 − β) times as large.
        first_undamped: take all of g at the first step, as PyTorch does.

    Returns:
        The optimizer.

    Raises:
        TypeError: if the rate is no number and no function.
        ValueError: if the rate is not positive, or beta or dampening
            does not lie in [0, 1).

    Source:
        Polyak (1964).
    """
    check.fraction(beta, "beta")
    check.fraction(dampening, "dampening")
    check.flag(first_undamped, "first_undamped")

    def step(_x: Array, g: Array, state: State, alpha: float, t: int) -> Array:
        v = state["v"]
        v *= beta  # eq. def:momentum
        v += g if first_undamped and t == 1 else (1 - dampening) * g
        return -alpha * v  # eq. def:momentum

    stability = 2 * (1 + beta) / (1 - dampening)
    return Optimizer("momentum", learning_rate, step, ("v",), stability)


def nesterov(
    learning_rate: Rate, *, beta: float | Callable[[int], float] = 0.9
) -> Optimizer:
    """Momentum whose gradient is taken ahead: v ← β v + g, −α (g + β v).

    The iterates are the points at which gradients are taken.

    Args:
        learning_rate: α, a positive number or a schedule.
        beta: β in [0, 1), or a function of the step t = 1, 2, …;
            t ↦ (t − 1) / (t + 2) gives the rate 1/t² for convex f.

    Returns:
        The optimizer.

    Raises:
        TypeError: if the rate is no number and no function.
        ValueError: if the rate is not positive or beta is a number
            outside [0, 1).

    Source:
        Nesterov (1983); Sutskever et al. (2013), section 2.
    """
    at, stability = _memory(beta)

    def step(_x: Array, g: Array, state: State, alpha: float, t: int) -> Array:
        v = state["v"]
        if t > 1:
            v *= at(t - 1)
        v += g
        return -alpha * (g + at(t) * v)  # eq. def:nesterov

    return Optimizer("Nesterov", learning_rate, step, ("v",), stability)


def _memory(
    beta: float | Callable[[int], float],
) -> tuple[Callable[[int], float], float | None]:
    """β as a function of the step, and the bound on α·L if it is one number.

    With a constant β, an eigenvalue λ multiplies its error by the roots of
    r² − (1 + β)(1 − αλ) r + β (1 − αλ); they reach −1 at that bound.
    """
    if callable(beta):
        return beta, None
    check.fraction(beta, "beta")
    return lambda _t: beta, (2 + 2 * beta) / (1 + 2 * beta)

"""A learning rate of its own for every parameter: AdaGrad, RMSProp.

Notation:
    g: gradient, shape (p,).
    s, v: sum and running mean of g², shape (p,).
    alpha: learning rate α of the step.
"""

import numpy as np

from derivable import _validation as check
from derivable._validation import Array
from derivable.optimization.first_order.rule import (
    Optimizer,
    Rate,
    State,
    refuse_overflow,
)


def adagrad(
    learning_rate: Rate = 0.01,
    *,
    epsilon: float = 1e-10,
    epsilon_inside: bool = False,
) -> Optimizer:
    """Each entry has its own rate: s ← s + g², steps −α g / (√s + ε).

    Args:
        learning_rate: α, a positive number or a schedule.
        epsilon: ε, keeps the first division finite.
        epsilon_inside: divide by √(s + ε) instead.

    Returns:
        The optimizer.

    Raises:
        TypeError: if the rate is no number and no function.
        ValueError: if the rate or epsilon is not positive.

    Source:
        Duchi, Hazan and Singer (2011).
    """
    check.positive(epsilon, "epsilon")
    check.flag(epsilon_inside, "epsilon_inside")

    def step(
        _x: Array, g: Array, state: State, alpha: float, _t: int
    ) -> Array:
        s = state["s"]
        s += g * g  # eq. def:adagrad
        refuse_overflow(s, g)
        return -alpha * g / _root(s, epsilon, inside=epsilon_inside)

    return Optimizer("AdaGrad", learning_rate, step, ("s",))


def rmsprop(
    learning_rate: Rate = 0.01,
    *,
    beta: float = 0.99,
    epsilon: float = 1e-8,
    epsilon_inside: bool = False,
) -> Optimizer:
    """AdaGrad that forgets: v ← β v + (1 − β) g², −α g / (√v + ε).

    Args:
        learning_rate: α, a positive number or a schedule.
        beta: how much of the mean square stays, β in [0, 1).
        epsilon: ε, keeps the division finite.
        epsilon_inside: divide by √(v + ε) instead.

    Returns:
        The optimizer.

    Raises:
        TypeError: if the rate is no number and no function.
        ValueError: if the rate or epsilon is not positive, or beta does
            not lie in [0, 1).

    Source:
        Tieleman and Hinton (2012), lecture 6.5.
    """
    check.fraction(beta, "beta")
    check.positive(epsilon, "epsilon")
    check.flag(epsilon_inside, "epsilon_inside")

    def step(
        _x: Array, g: Array, state: State, alpha: float, _t: int
    ) -> Array:
        v = state["v"]
        v *= beta
        v += (1 - beta) * (g * g)
        refuse_overflow(v, g)
        return -alpha * g / _root(v, epsilon, inside=epsilon_inside)

    return Optimizer("RMSProp", learning_rate, step, ("v",))


def _root(v: Array, epsilon: float, *, inside: bool) -> Array:
    return np.sqrt(v + epsilon) if inside else np.sqrt(v) + epsilon

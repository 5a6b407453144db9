"""Optimizers made from optimizers: clipped, and with weight decay.

Notation:
    x, g: parameters and gradient, shape (p,).
    lam: strength of the decay, λ.
    alpha: learning rate α of the step; t: its number, from 1.
"""

from dataclasses import replace

from derivable import _validation as check
from derivable._precision import norm
from derivable._validation import Array
from derivable.optimization.first_order.rule import Optimizer, State


def clipped(optimizer: Optimizer, max_norm: float) -> Optimizer:
    """An optimizer whose gradient is shortened to a largest norm.

    Args:
        optimizer: the rule that gets the gradient.
        max_norm: largest ‖g‖, over all parameters together; positive.

    Returns:
        The rule with g · min(1, max_norm / ‖g‖) in place of g.

    Raises:
        TypeError: if optimizer is none.
        ValueError: if max_norm is not positive.

    Source:
        Pascanu, Mikolov and Bengio (2013), algorithm 1.
    """
    check.instance(optimizer, Optimizer, "optimizer")
    check.positive(max_norm, "max_norm")

    def step(x: Array, g: Array, state: State, alpha: float, t: int) -> Array:
        if (size := norm(g)) > max_norm:
            g = max_norm * (g / size)
        return optimizer.step(x, g, state, alpha, t)

    name = f"{optimizer.name}, clipped"
    return replace(optimizer, name=name, step=step, stability=None)


def with_decay(
    optimizer: Optimizer, weight_decay: float, *, coupled: bool = False
) -> Optimizer:
    """An optimizer that also shrinks the parameters.

    Args:
        optimizer: the rule.
        weight_decay: λ, not negative.
        coupled: add λ x to the gradient, as an L2 penalty ½ λ‖x‖² does,
            so that it passes through the rule; otherwise subtract
            α λ x beside the rule.

    Returns:
        The rule with decay.

    Raises:
        TypeError: if optimizer is none.
        ValueError: if weight_decay is negative.

    Source:
        Loshchilov and Hutter (2019), algorithms 1 and 2.
    """
    check.instance(optimizer, Optimizer, "optimizer")
    check.not_negative(weight_decay, "weight_decay")
    check.flag(coupled, "coupled")
    lam = weight_decay

    def step(x: Array, g: Array, state: State, alpha: float, t: int) -> Array:
        if coupled:
            return optimizer.step(x, g + lam * x, state, alpha, t)
        return optimizer.step(x, g, state, alpha, t) - alpha * lam * x

    name = f"{optimizer.name}, {'L2' if coupled else 'decay'}"
    return replace(optimizer, name=name, step=step, stability=None)

"""Gradient descent, and the rules with a memory that build on it.

Notation:
    x, g: parameters and gradient, shape (p,).
    m, v: running means of g and of g², shape (p,).
    alpha: learning rate α of the step; t: its number, from 1
"""

from collections.abc import Callable

import numpy as np

from derivable import _validation as check
from derivable._validation import Array
from derivable.optimization.first_order.loop import (
    Optimizer,
    Rate,
    State,
)


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
    learning_rate: Rate, *, beta: float = 0.9, dampening: float = 0.0
) -> Optimizer:
    """The heavy ball: v ← β v + (1 − τ) g, steps −α v.

    Args:
        learning_rate: α, a positive number or a schedule.
        beta: how much of the velocity stays, β in [0, 1).
        dampening: τ in [0, 1); β makes v an average of gradients, 0
            their weighted sum, 1/(1 − β) times as large.

    Returns:
        The optimizer.

    Raises:
        TypeError: if the rate is no number and no function.
        ValueError: if the rate is not positive, or beta or dampening
            does not lie in [0, 1).

    Source:
        Polyak (1964).
    """
    _fraction(beta, "beta")
    _fraction(dampening, "dampening")

    def step(
        _x: Array, g: Array, state: State, alpha: float, _t: int
    ) -> Array:
        v = state["v"]
        v *= beta
        v += (1 - dampening) * g
        return -alpha * v

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
        v *= at(t - 1) if t > 1 else 0.0
        v += g
        return -alpha * (g + at(t) * v)

    return Optimizer("Nesterov", learning_rate, step, ("v",), stability)


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

    def step(
        _x: Array, g: Array, state: State, alpha: float, _t: int
    ) -> Array:
        s = state["s"]
        s += g * g
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
    _fraction(beta, "beta")
    check.positive(epsilon, "epsilon")

    def step(
        _x: Array, g: Array, state: State, alpha: float, _t: int
    ) -> Array:
        v = state["v"]
        v *= beta
        v += (1 - beta) * (g * g)
        return -alpha * g / _root(v, epsilon, inside=epsilon_inside)

    return Optimizer("RMSProp", learning_rate, step, ("v",))


def adam(
    learning_rate: Rate = 0.001,
    *,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    bias_correction: bool = True,
) -> Optimizer:
    """Mean of g over root of mean of g²: steps −α m̂ / (√v̂ + ε).

    Args:
        learning_rate: α, a positive number or a schedule.
        beta1: memory of the mean m, in [0, 1).
        beta2: memory of the mean square v, in [0, 1).
        epsilon: ε, keeps the division finite.
        bias_correction: divide the means, which start at 0, by 1 − βᵗ.

    Returns:
        The optimizer.

    Raises:
        TypeError: if the rate is no number and no function.
        ValueError: if the rate or epsilon is not positive, or beta1 or
            beta2 does not lie in [0, 1).

    Source:
        Kingma and Ba (2015), algorithm 1.
    """
    _fraction(beta1, "beta1")
    _fraction(beta2, "beta2")
    check.positive(epsilon, "epsilon")

    def step(_x: Array, g: Array, state: State, alpha: float, t: int) -> Array:
        m, v, s = state["m"], state["v"], state["work"]
        m *= beta1
        m += np.multiply(1 - beta1, g, out=s)
        v *= beta2
        v += np.multiply(1 - beta2, np.multiply(g, g, out=s), out=s)
        c1 = 1 - beta1**t if bias_correction else 1.0
        c2 = 1 - beta2**t if bias_correction else 1.0
        np.sqrt(np.divide(v, c2, out=s), out=s)
        s += epsilon
        np.divide(m, s, out=s)
        s *= -alpha / c1
        return s

    # NB: new arrays for every product would take three times as long.
    return Optimizer("Adam", learning_rate, step, ("m", "v", "work"))


def adamw(
    learning_rate: Rate = 0.001,
    *,
    weight_decay: float = 0.01,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> Optimizer:
    """Adam, and beside it x shrinks by the factor 1 − α λ.

    Args:
        learning_rate: α, a positive number or a schedule.
        weight_decay: λ, not negative.
        beta1: memory of the mean m, in [0, 1).
        beta2: memory of the mean square v, in [0, 1).
        epsilon: ε, keeps the division finite.

    Returns:
        The optimizer.

    Raises:
        TypeError: if the rate is no number and no function.
        ValueError: as `adam`, or if weight_decay is negative.

    Source:
        Loshchilov and Hutter (2019), algorithm 2.
    """
    if check.number(weight_decay, "weight_decay") < 0:
        raise ValueError(
            f"weight_decay must not be negative, got {weight_decay}"
        )
    inner = adam(learning_rate, beta1=beta1, beta2=beta2, epsilon=epsilon)

    def step(x: Array, g: Array, state: State, alpha: float, t: int) -> Array:
        change = inner.step(x, g, state, alpha, t)
        return change - alpha * weight_decay * x

    return Optimizer("AdamW", learning_rate, step, inner.state)


def _memory(
    beta: float | Callable[[int], float],
) -> tuple[Callable[[int], float], float | None]:
    """β as a function of the step, and the bound on α·L if it is one number.

    With a constant β, an eigenvalue λ multiplies its error by the roots of
    r² − (1 + β)(1 − αλ) r + β (1 − αλ); they reach −1 at that bound.
    """
    if callable(beta):
        return beta, None
    _fraction(beta, "beta")
    return lambda _t: beta, (2 + 2 * beta) / (1 + 2 * beta)


def _root(v: Array, epsilon: float, *, inside: bool) -> Array:
    return np.sqrt(v + epsilon) if inside else np.sqrt(v) + epsilon


def _fraction(beta: float, name: str) -> None:
    if not 0 <= check.number(beta, name) < 1:
        raise ValueError(f"{name} must lie in [0, 1), got {beta}")

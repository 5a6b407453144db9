"""Adam, with bias correction, and AdamW.

Notation:
    x, g: parameters and gradient, shape (p,).
    m, v: running means of g and of g², shape (p,).
    alpha: learning rate α of the step; t: its number, from 1.
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
    check.fraction(beta1, "beta1")
    check.fraction(beta2, "beta2")
    check.positive(epsilon, "epsilon")
    check.flag(bias_correction, "bias_correction")

    def step(_x: Array, g: Array, state: State, alpha: float, t: int) -> Array:
        m, v, s = state["m"], state["v"], state["work"]
        m *= beta1  # eq. def:adam-moments
        m += np.multiply(1 - beta1, g, out=s)  # eq. def:adam-moments
        v *= beta2  # eq. def:adam-moments
        v += np.multiply(1 - beta2, np.multiply(g, g, out=s), out=s)
        refuse_overflow(v, g)
        c1 = 1 - beta1**t if bias_correction else 1.0  # eq. claim:bias
        c2 = 1 - beta2**t if bias_correction else 1.0  # eq. claim:bias
        np.sqrt(np.divide(v, c2, out=s), out=s)  # eq. def:adam
        s += epsilon  # eq. def:adam
        np.divide(m, s, out=s)  # eq. def:adam
        s *= -alpha / c1  # eq. def:adam
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
        Loshchilov and Hutter (2019), algorithm 2, where λ is multiplied
        by the schedule alone; here, as in the libraries, by all of α.
    """
    check.not_negative(weight_decay, "weight_decay")
    inner = adam(learning_rate, beta1=beta1, beta2=beta2, epsilon=epsilon)

    def step(x: Array, g: Array, state: State, alpha: float, t: int) -> Array:
        change = inner.step(x, g, state, alpha, t)
        return change - alpha * weight_decay * x

    return Optimizer("AdamW", learning_rate, step, inner.state)

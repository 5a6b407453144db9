"""Gradient descent that is pushed at random where the slope vanishes.

Notation:
    x, g: point and gradient, shape (n,).
    alpha: learning rate α.
    pause: how many more steps without a push.
"""

import numpy as np

from derivable import _validation as check
from derivable._precision import norm
from derivable._validation import Array
from derivable.optimization.first_order import Optimizer


def perturbed_gradient_descent(
    learning_rate: float,
    *,
    radius: float,
    threshold: float,
    wait: int,
    rng: np.random.Generator,
) -> Optimizer:
    """Steps −α g, and a random push where ‖g‖ is small.

    NB: the published method also goes back, and stops, when a push has
    not lowered f enough; here the number of steps ends the run.

    Args:
        learning_rate: α, a positive number or a schedule.
        radius: of the ball from which a push is drawn, positive.
        threshold: push only where ‖g‖ is at most this, positive.
        wait: steps from one push to the next, at least 1.
        rng: source of the pushes.

    Returns:
        The optimizer.

    Raises:
        TypeError: if the rate is no number and no function, wait is no
            whole number, or rng is no Generator.
        ValueError: if a hyperparameter is out of its range.

    Source:
        Jin et al. (2017), algorithm 1.
    """
    check.positive(radius, "radius")
    check.positive(threshold, "threshold")
    check.whole(wait, "wait", least=1)
    check.generator(rng)

    def step(
        _x: Array, g: Array, state: dict[str, Array], alpha: float, _t: int
    ) -> Array:
        pause = state["pause"]
        pause -= 1
        if norm(g) > threshold or pause[0] >= 0:
            return -alpha * g
        pause[:] = wait - 1
        return in_ball(len(g), radius, rng) - alpha * g

    return Optimizer(
        "perturbed gradient descent", learning_rate, step, ("pause",), 2.0
    )


def in_ball(n: int, radius: float, rng: np.random.Generator) -> Array:
    """A point drawn uniformly from a ball: a direction, times r U^(1/n).

    Args:
        n: dimension, at least 1.
        radius: r, of the ball, positive.
        rng: source of randomness.

    Returns:
        The point, shape (n,).

    Raises:
        TypeError: if n is no whole number, or rng is no Generator.
        ValueError: if n or the radius is not positive.
    """
    n, radius = check.whole(n, "n", least=1), check.positive(radius, "radius")
    check.generator(rng)

    d = rng.normal(size=n)
    length = radius * rng.uniform() ** (1 / n)
    return np.asarray(length * d / np.linalg.norm(d))

"""Which learning rates a model bears: one run in which the rate rises.

Notation:
    t: number of the step, 1, 2, …, T.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from derivable import _validation as check
from derivable._validation import Array
from derivable.errors import DivergenceError
from derivable.learning.training._run import Run, Step, arguments
from derivable.optimization import Batches, Optimizer


@dataclass(frozen=True)
class RangeTest:
    """What a learning-rate range test measured.

    Attributes:
        rates: the rate of each step that was taken, shape (T,).
        losses: the loss on each batch, before its step, shape (T,).
        lowest: the rate at which the loss was lowest.
    """

    rates: Array
    losses: Array
    lowest: float


def learning_rate_range_test(  # noqa: PLR0913
    step: Step,
    parameters: Any,
    n: int,
    *,
    optimizer: Callable[[Any], Optimizer],
    batches: Batches,
    low: float = 1e-5,
    high: float = 10.0,
    num_steps: int = 100,
    growth: float = 4.0,
) -> RangeTest:
    """Raise the rate by one factor a step, and watch the loss.

    Args:
        step: (parameters, i) ↦ loss and gradient, as for `fit`.
        parameters: the start; it is left alone.
        n: number of samples.
        optimizer: rate ↦ the rule, as `adam` or `gradient_descent`.
        batches: batch size, order and randomness.
        low: the first rate, positive.
        high: the rate of the last step, above low.
        num_steps: number of steps T, at least 2.
        growth: stop when the loss is above so many times the first, or
            not finite; at least 1.

    Returns:
        Rates and losses until then.

    Raises:
        TypeError: if an argument is of another kind.
        ValueError: if a number is out of its range, or nothing was
            measured.

    Source:
        Smith (2017), section 3.3, with a geometric rise.
    """
    check.function(optimizer, "optimizer")
    rates = _rates(low, high, check.whole(num_steps, "num_steps", least=2))
    growth = _at_least_one(growth)
    rule = optimizer(lambda t: float(rates[t - 1]))
    n = arguments(step, n, rule, batches)
    run = Run(step, parameters, rule)
    losses: list[float] = []

    while len(losses) < num_steps:
        for i in batches.epoch(n):
            try:
                losses.append(run.step(i))
            except DivergenceError:
                return _measured(rates, losses)
            if losses[-1] > growth * losses[0] or len(losses) == num_steps:
                return _measured(rates, losses)
    return _measured(rates, losses)


def _rates(low: float, high: float, num_steps: int) -> Array:
    """Rates that rise by one factor."""
    low, high = check.positive(low, "low"), check.positive(high, "high")
    if low >= high:
        raise ValueError(f"low must be below high, got {low} and {high}")
    return np.geomspace(low, high, num_steps)


def _at_least_one(growth: float) -> float:
    """A factor of at least 1."""
    value = check.number(growth, "growth")
    if value < 1:
        raise ValueError(f"growth must be at least 1, got {value}")
    return value


def _measured(rates: Array, losses: list[float]) -> RangeTest:
    """The part of the rates that was reached, with the losses."""
    if not losses:
        raise ValueError(
            f"low must be a rate that the model bears, got {rates[0]}, at "
            "which the first step is not finite"
        )
    t = int(np.argmin(losses))
    return RangeTest(rates[: len(losses)], np.array(losses), float(rates[t]))

"""Schedules: the learning rate as a function of the step.

A schedule is any function t ↦ α_t of the step t = 1, 2, …; a constant
rate is a number.
"""

from math import cos, pi

from derivable import _validation as check
from derivable.optimization.first_order.rule import Schedule


def step_decay(initial: float, *, factor: float, every: int) -> Schedule:
    """Multiply the rate by a factor after every so many steps.

    Args:
        initial: rate of the first steps, positive.
        factor: in (0, 1].
        every: number of steps with one rate, at least 1.

    Returns:
        t ↦ initial · factor^⌊(t − 1) / every⌋.

    Raises:
        ValueError: if an argument is out of its range.
    """
    _rate(initial)
    _factor(factor)
    check.whole(every, "every", least=1)

    return lambda t: initial * factor ** ((t - 1) // every)


def exponential_decay(initial: float, *, factor: float) -> Schedule:
    """Multiply the rate by a factor after each step.

    Args:
        initial: rate of the first step, positive.
        factor: in (0, 1].

    Returns:
        t ↦ initial · factor^(t − 1).

    Raises:
        ValueError: if an argument is out of its range.
    """
    _rate(initial)
    _factor(factor)

    return lambda t: initial * factor ** (t - 1)


def inverse_decay(initial: float, *, delay: float = 1.0) -> Schedule:
    """Let the rate fall like 1/t: its sum diverges, that of squares not.

    Args:
        initial: rate of the first step, positive.
        delay: number of steps after which it has halved, positive.

    Returns:
        t ↦ initial / (1 + (t − 1) / delay).

    Raises:
        ValueError: if an argument is not positive.

    Source:
        Robbins and Monro (1951).
    """
    _rate(initial)
    check.positive(delay, "delay")

    return lambda t: initial / (1 + (t - 1) / delay)


def cosine_decay(
    initial: float, *, num_steps: int, floor: float = 0.0
) -> Schedule:
    """Half a cosine from the initial rate to the floor, where it stays.

    Args:
        initial: rate of the first step, positive.
        num_steps: the horizon T, at least 1.
        floor: rate from step T + 1 on, in [0, initial].

    Returns:
        t ↦ floor + (initial − floor) (1 + cos(π s)) / 2 with
        s = min((t − 1) / T, 1).

    Raises:
        ValueError: if an argument is out of its range.

    Source:
        Loshchilov and Hutter (2017), without restarts.
    """
    _rate(initial)
    check.whole(num_steps, "num_steps", least=1)
    _floor(floor, initial)

    def rate(t: int) -> float:
        s = min((t - 1) / num_steps, 1.0)
        return floor + (initial - floor) * (1 + cos(pi * s)) / 2

    return rate


def warmup_cosine(
    peak: float, *, warmup_steps: int, num_steps: int, floor: float = 0.0
) -> Schedule:
    """A linear rise to the peak, then `cosine_decay`.

    Args:
        peak: the largest rate, at step `warmup_steps` + 1; positive.
        warmup_steps: number of steps below it, not negative.
        num_steps: horizon of the whole, above warmup_steps.
        floor: rate from step `num_steps` + 1 on, in [0, peak].

    Returns:
        t ↦ peak · t / (warmup_steps + 1) for t ≤ warmup_steps, and the
        cosine afterwards.

    Raises:
        ValueError: if an argument is out of its range.

    Source:
        Goyal et al. (2017), section 2.2, for the rise.
    """
    check.positive(peak, "peak")
    check.whole(warmup_steps, "warmup_steps")
    check.whole(num_steps, "num_steps", least=warmup_steps + 1)
    fall = cosine_decay(peak, num_steps=num_steps - warmup_steps, floor=floor)

    def rate(t: int) -> float:
        if t <= warmup_steps:
            return peak * t / (warmup_steps + 1)
        return fall(t - warmup_steps)

    return rate


def _rate(initial: float) -> None:
    check.positive(initial, "initial")


def _factor(factor: float) -> None:
    if not 0 < check.number(factor, "factor") <= 1:
        raise ValueError(f"factor must lie in (0, 1], got {factor}")


def _floor(floor: float, initial: float) -> None:
    if not 0 <= check.number(floor, "floor") <= initial:
        raise ValueError(f"floor must lie in [0, {initial}], got {floor}")

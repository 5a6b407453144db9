"""Waves as a list of samples, and the waves that a list confuses.

Notation:
    f: a frequency, in turns for each unit of time.
    s: the rate, in samples for each unit of time.
"""

import math

import numpy as np

from derivable import _validation as check
from derivable._validation import Array


def alias(frequency: float, rate: float) -> float:
    """The slowest wave that has the same samples.

    Args:
        frequency: f, of the wave that is sampled.
        rate: s, samples for each unit of time.

    Returns:
        f less a multiple of s, above −s/2 and at most s/2; a negative
        one is a wave that runs backward, which heights do not show.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if frequency is not finite or rate not positive.

    Source:
        eq. `claim:alias` of this book.
    """
    f, s = check.number(frequency, "frequency"), check.positive(rate, "rate")
    slowest = math.remainder(f, s)
    return slowest if abs(slowest) < s / 2 else s / 2


def sample_wave(
    frequency: float,
    num_samples: int,
    *,
    rate: float,
    amplitude: float = 1.0,
    phase: float = 0.0,
) -> Array:
    """Samples of a sine wave slower than half the rate.

    Args:
        frequency: f, with |f| below half the rate; −f gives the samples
            of f with the phase π − φ.
        num_samples: n, how many.
        rate: s, samples for each unit of time.
        amplitude: A, the largest height.
        phase: φ, the angle at time 0, in radians.

    Returns:
        A sin(2π f j/s + φ) for j = 0, …, n − 1, shape (n,).

    Raises:
        TypeError: if num_samples is not whole, or another is not real.
        ValueError: if |f| is not below s/2, rate is not positive, or
            num_samples is below 1.

    Source:
        Shannon (1949), theorem 1.
    """
    f, s = check.number(frequency, "frequency"), check.positive(rate, "rate")
    n = check.whole(num_samples, "num_samples", least=1)
    A = check.number(amplitude, "amplitude")
    phase = check.number(phase, "phase")
    if abs(f) >= s / 2:
        raise ValueError(
            f"frequency must lie below half the rate, {s / 2}, got {f}"
        )

    wave: Array = A * np.sin(2 * np.pi * (f / s) * np.arange(n) + phase)
    return wave

"""Points of the plane by length and angle, and a point that goes round.

Notation:
    r, θ: length and angle of the point (x, y).
    A, f, φ: amplitude, frequency and phase of a wave.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array


def polar(x: float, y: float) -> tuple[float, float]:
    """Length and angle of a point of the plane.

    Args:
        x: its horizontal coordinate.
        y: its vertical coordinate.

    Returns:
        r > 0 and θ from −π to π with x = r cos θ and y = r sin θ; of
        the two ends, −π for y = −0.0 only.

    Raises:
        TypeError: if x or y is not real.
        ValueError: if one is not a finite number, both are zero, or r
            is too large for a float.

    Source:
        eq. `def:polar` of this book.
    """
    x, y = check.number(x, "x"), check.number(y, "y")
    if x == 0 and y == 0:
        raise ValueError("the point must not be zero: it has no angle")

    with np.errstate(over="ignore"):
        r = check.number(np.hypot(x, y), "r")
    return r, float(np.arctan2(y, x))


def sine_wave(
    t: ArrayLike,
    *,
    amplitude: float = 1.0,
    frequency: float = 1.0,
    phase: float = 0.0,
) -> Array:
    """Height of a point that goes round a circle at constant speed.

    Args:
        t: times, any shape.
        amplitude: radius of the circle; a negative one starts half a
            turn ahead.
        frequency: turns for each unit of time; negative ones go the
            other way.
        phase: angle at time 0, in radians.

    Returns:
        A sin(2π f t + φ), shape of t.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if t is empty, an argument is not finite, or f t is
            too large for a float.

    Source:
        eq. `def:wave` of this book.
    """
    t = check.real(t, "t")
    A = check.number(amplitude, "amplitude")
    f = check.number(frequency, "frequency")
    phase = check.number(phase, "phase")

    with np.errstate(over="ignore"):
        turns = check.real(f * t, "f t")
    turns = turns - np.rint(turns)  # NB: a whole turn changes nothing
    wave: Array = A * np.sin(2 * np.pi * turns + phase)
    return wave

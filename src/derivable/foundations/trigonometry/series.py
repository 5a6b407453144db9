"""Periodic functions as sums of cosines and sines.

Notation:
    T: the period.
    a, b: coefficients of the cosines and sines of 0, 1, …, K turns a
        period, shape (K + 1,); a₀ is the mean, b₀ is 0.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array


def fourier_coefficients(
    f: Callable[[Array], ArrayLike],
    num_terms: int,
    *,
    period: float = 1.0,
    num_samples: int = 1024,
) -> tuple[Array, Array]:
    """How much of each cosine and sine is in a periodic function.

    Args:
        f: function of an array of times, with one value for each.
        num_terms: K, the most turns a period.
        period: T, after which f repeats.
        num_samples: n, how many values of one period are averaged; if
            f holds waves of more than n/2 turns, they count as slower
            ones.

    Returns:
        a and b, shape (K + 1,) each: twice the mean of f times the
        cosine or sine, and a₀ the mean of f itself.

    Raises:
        TypeError: if f is not a function, a count is not whole, or
            period is not real.
        ValueError: if period is not positive, num_terms is negative or
            reaches half of num_samples, or f has not one finite value
            for each time.

    Source:
        eq. `def:fourier-coefficients` of this book.
    """
    check.function(f)
    K = check.whole(num_terms, "num_terms")
    T = check.positive(period, "period")
    n = check.whole(num_samples, "num_samples", least=1)
    if n <= 2 * K:
        raise ValueError(
            f"num_terms must lie below half of {n} samples, got {K}"
        )

    turns = (np.arange(n) + 0.5) / n  # NB: midpoints; for even n, never T/2
    values = check.real(f(check.real(T * turns, "t")), "f(t)")
    if values.shape != turns.shape:
        raise ValueError(f"f(t) must have shape ({n},), got {values.shape}")
    angles = 2 * np.pi * np.outer(np.arange(K + 1), turns)
    a, b = (wave(angles) @ (values / n) for wave in (np.cos, np.sin))
    with np.errstate(over="ignore"):
        a[1:], b[1:] = 2 * a[1:], 2 * b[1:]
    return check.real(a, "a"), check.real(b, "b")


def fourier_series(
    t: ArrayLike, a: ArrayLike, b: ArrayLike, *, period: float = 1.0
) -> Array:
    """Sum of the cosines and sines with given coefficients.

    Args:
        t: times, any shape.
        a: coefficients of the cosines, shape (K + 1,).
        b: coefficients of the sines, shape (K + 1,).
        period: T, the time of one turn of the slowest wave.

    Returns:
        The sum of aₖ cos(2πkt/T) + bₖ sin(2πkt/T) over k = 0, …, K,
        shape of t.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if a and b are not vectors of one length, period is
            not positive, or t/T or the sum is not finite.

    Source:
        eq. `def:fourier-series` of this book.
    """
    t, T = check.real(t, "t"), check.positive(period, "period")
    a, b = check.vector(a, "a"), check.vector(b, "b")
    if a.shape != b.shape:
        raise ValueError(f"b must have shape {a.shape}, got {b.shape}")

    with np.errstate(over="ignore", invalid="ignore"):
        turns = check.real(t / T, "t / T")
        turns = turns - np.rint(turns)  # NB: a whole turn changes nothing
        angles = 2 * np.pi * turns[..., None] * np.arange(len(a))
        total = np.cos(angles) @ a + np.sin(angles) @ b
    return check.real(total, "the sum")


def square_wave(t: ArrayLike, *, period: float = 1.0) -> Array:
    """A wave that is 1 for half of a period, then −1 for the other.

    Args:
        t: times, any shape.
        period: T, after which it repeats.

    Returns:
        1 where t/T is less than a half above a whole number, else −1,
        shape of t; at a jump, rounding decides.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if t is empty or not finite, period is not positive,
            or t/T is too large for a float.

    Source:
        eq. `def:square-wave` of this book.
    """
    t, T = check.real(t, "t"), check.positive(period, "period")
    with np.errstate(over="ignore"):
        turns = check.real(t / T, "t / period")
    return np.where(np.remainder(turns, 1) < 0.5, 1.0, -1.0)


def square_wave_coefficients(num_terms: int) -> Array:
    """Coefficients of the sines in the square wave.

    Args:
        num_terms: K, the most turns a period.

    Returns:
        bₖ = 4/(πk) for odd k and 0 for even k, shape (K + 1,).

    Raises:
        TypeError: if num_terms is not a whole number.
        ValueError: if num_terms is negative.

    Source:
        eq. `claim:square-coefficients` of this book.
    """
    k = np.arange(check.whole(num_terms, "num_terms") + 1)
    b = np.zeros(len(k))
    b[1::2] = 4 / (np.pi * k[1::2])
    return b

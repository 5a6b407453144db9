"""Intervals: how far an estimate may be from the truth.

Notation:
    x: a sample, shape (n,); x_bar: its mean.
    t: quantile of Student's distribution with n − 1 degrees of freedom.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import scaled, unscaled
from derivable._validation import Array
from derivable.probability.estimation import _sample


def confidence_interval(
    x: ArrayLike, level: float = 0.95
) -> tuple[float, float]:
    """Student's interval for the mean of a Gaussian.

    Args:
        x: independent observations, shape (n,), n ≥ 2.
        level: the share of samples whose interval covers the mean.

    Returns:
        Lower and upper end.

    Raises:
        TypeError: if x is not real.
        ValueError: if n < 2, all observations are equal, or level lies
            outside (0, 1).

    Source:
        Student (1908); eq. `def:t-interval` of this book.
    """
    x = _sample.several(x, 2, "x")
    _sample.varied(x, "x")
    level = _sample.inside(level)

    x, e = scaled(x)
    n, x_bar = len(x), np.mean(x)
    t = _student_quantile((1 + level) / 2, n - 1)
    half = t * np.std(x, ddof=1) / np.sqrt(n)  # eq. def:t-interval
    low, high = unscaled([x_bar - half, x_bar + half], e, "the interval")
    return float(low), float(high)


def credible_interval(
    quantile: Callable[[float], ArrayLike], level: float = 0.95
) -> tuple[float, float]:
    """The middle part of a posterior, as much on either side left out.

    Args:
        quantile: of the posterior: p ↦ the number with mass p below.
        level: the mass inside.

    Returns:
        Lower and upper end.

    Raises:
        TypeError: if quantile is not a function of real numbers.
        ValueError: if level lies outside (0, 1), or the quantiles are
            not finite or fall.

    Source:
        Gelman et al. (2013), section 2.3.
    """
    check.function(quantile, "quantile")
    level = _sample.inside(level)

    tail = (1 - level) / 2
    low, high = (
        check.number(check.evaluated(quantile, p, "quantile"), "a quantile")
        for p in (tail, 1 - tail)
    )
    if low > high:
        raise ValueError(f"quantiles must not fall, got {low} and {high}")
    return low, high


def bootstrap(
    x: ArrayLike,
    statistic: Callable[[Array], ArrayLike],
    *,
    num_resamples: int = 1000,
    rng: np.random.Generator,
) -> Array:
    """A statistic of samples drawn from the sample, with replacement.

    Args:
        x: observations along the first axis, shape (n,) or (n, d); of
            one alone, all resamples are equal.
        statistic: function of such an array that returns one number.
        num_resamples: how many samples to draw.
        rng: the source of randomness.

    Returns:
        One value of the statistic for each, shape (num_resamples,).

    Raises:
        TypeError: if x is not real or statistic is not a function.
        ValueError: if x is empty or a scalar, or a value is not finite.

    Source:
        Efron (1979), section 2.
    """
    x = check.real(x)
    if x.ndim == 0:
        raise ValueError(f"x must hold observations, got the number {x}")
    check.function(statistic, "statistic")
    num_resamples = check.whole(num_resamples, "num_resamples", least=1)
    rng = check.generator(rng)

    n, found = len(x), []
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(num_resamples):
            drawn = x[rng.integers(n, size=n)]
            found.append(check.evaluated(statistic, drawn, "statistic"))
    return check.vector(found, "the statistic")


def _student_quantile(p: float, degrees: int) -> float:
    """The number below which Student's distribution has mass p."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, p))

"""How far a distribution is from another, and from the normal one.

Notation:
    F: a cdf.
    n: number of draws, or of trials.
    z: (x − mean) / standard deviation.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability.distributions.normal import Normal
from derivable.probability.distributions.trials import Binomial


def kolmogorov_distance(
    sample: ArrayLike, cdf: Callable[[Array], ArrayLike]
) -> float:
    """The largest gap between a sample's own cdf and a given one.

    If the sample is of that distribution and F has no steps, the gap is
    about 1/√n, and above 2/√n once in 1500 times; steps make it smaller.

    Args:
        sample: draws, any shape, n in all.
        cdf: cdf F, with or without steps, element by element; it is
            asked at each draw and at the next float below.

    Returns:
        The largest distance between both curves, from 0 to 1.

    Raises:
        TypeError: if sample is not real or cdf no function.
        ValueError: if sample is empty or not finite, or cdf returns what
            is no probability.

    Source:
        Kolmogorov (1933).
    """
    x = np.sort(np.ravel(check.real(sample, "sample")))
    check.function(cdf, "cdf")
    F = _values(cdf, x)
    before = _values(cdf, np.nextafter(x, np.finfo(float).min))

    steps = np.arange(len(x) + 1) / len(x)
    above, below = steps[1:] - F, before - steps[:-1]
    return float(max(np.max(above), np.max(below)))


def _values(cdf: Callable[[Array], ArrayLike], x: Array) -> Array:
    """F at each x, refused where it is no probability."""
    F = check.real(check.of_shape(cdf(x.copy()), x.shape, "cdf(x)"), "cdf(x)")
    if np.any((F < 0) | (F > 1)):
        raise ValueError(
            f"cdf(x) must lie in [0, 1], got {np.min(F)} … {np.max(F)}"
        )
    return F


def normal_gap(n: int, p: float) -> float:
    """How far the sum of n Bernoulli trials is from a Gaussian.

    Args:
        n: number of trials, 1 to 10⁶.
        p: probability of a 1, strictly between 0 and 1.

    Returns:
        The largest gap between the cdf of a binomial variable, shifted
        and scaled to mean 0 and variance 1, and the standard normal cdf.

    Raises:
        TypeError: if n is no whole number or p is not real.
        ValueError: if n or p is out of range.

    Source:
        eq. `claim:berry-esseen` of this book.
    """
    n = check.whole(n, "n", least=1, most=10**6)
    total = Binomial(n, p)
    if not 0 < total.p < 1:
        raise ValueError(f"p must lie in (0, 1), got {total.p}")

    k = np.arange(n + 1)
    F = total.cdf(k)
    before = np.concatenate([[0.0], F[:-1]])  # just left of each step
    normal = Normal(total.mean, np.sqrt(total.variance)).cdf(k)
    return float(np.max(np.abs([F - normal, before - normal])))

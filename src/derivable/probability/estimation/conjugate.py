"""Conjugate updating: the posterior has the shape of the prior.

Notation:
    a, b: parameters of a Beta distribution; prior heads and tails.
    s: standard error of a sample's mean, σ/√n.
    sigma: standard deviation of one observation, σ.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import scaled, unscaled


def beta_bernoulli(
    successes: int, trials: int, *, a: float = 1.0, b: float = 1.0
) -> tuple[float, float]:
    """Posterior of a probability under a Beta(a, b) prior.

    Args:
        successes: how many trials succeeded.
        trials: how many there were.
        a: prior successes, positive; 1 with b = 1 is the flat prior.
        b: prior failures, positive.

    Returns:
        The parameters (a, b) of the posterior, a Beta distribution.

    Raises:
        TypeError: if a count is not whole.
        ValueError: if a count is negative, more succeeded than there
            were, or a or b is not positive.

    Source:
        eq. `claim:beta-posterior` of this book.
    """
    trials = check.whole(trials, "trials")
    successes = check.whole(successes, "successes", most=trials)
    a, b = check.positive(a, "a"), check.positive(b, "b")

    return a + successes, b + trials - successes


def normal_normal(
    x: ArrayLike, *, sigma: float, prior_mean: float, prior_sd: float
) -> tuple[float, float]:
    """Posterior of a Gaussian's mean under a Gaussian prior.

    Args:
        x: observations, shape (n,).
        sigma: their standard deviation, which is known.
        prior_mean: mean of the prior.
        prior_sd: its standard deviation, positive.

    Returns:
        Mean and standard deviation of the posterior, a Gaussian.

    Raises:
        TypeError: if an input is not real.
        ValueError: if x is empty, or sigma or prior_sd is not positive.

    Source:
        eq. `claim:normal-posterior` of this book.
    """
    x, e = scaled(check.vector(x))
    sigma = check.positive(sigma, "sigma")
    prior_sd = check.positive(prior_sd, "prior_sd")
    prior_mean = check.number(prior_mean, "prior_mean")

    s = sigma / math.sqrt(len(x))
    small, large = sorted([s, prior_sd])
    sd = small / math.hypot(1, small / large)  # 1/sd² = 1/s² + 1/prior_sd²
    x_bar = float(unscaled(np.mean(x), e, "the mean of x"))
    mean = (sd / s) ** 2 * x_bar + (sd / prior_sd) ** 2 * prior_mean
    return check.number(mean, "the mean"), sd

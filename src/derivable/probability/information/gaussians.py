"""Entropy and divergence of Gaussians, and a Gaussian on a grid.

Notation:
    mean, std: μ and σ of a Gaussian; a trailing _p or _q says of which.
    x: the points of a grid, shape (n,).
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import softmax
from derivable.probability.information import _checks as checks
from derivable.probability.information.measures import log_ratio


def gaussian_entropy(std: float, *, base: float = math.e) -> float:
    """Differential entropy of a Gaussian: log(σ √(2πe)).

    Args:
        std: σ, positive.
        base: of the logarithm; e gives nats, 2 gives bits.

    Returns:
        The entropy, negative for small σ.

    Raises:
        TypeError: if std or base is not real.
        ValueError: if std is not positive or base not above 1.

    Source:
        Shannon (1948), section 20; eq. `claim:gaussian-entropy`.
    """
    std = check.positive(std, "std")
    unit = checks.log_of(base)

    return (math.log(std) + math.log(2 * math.pi * math.e) / 2) / unit


def gaussian_kl(
    mean_p: ArrayLike,
    std_p: ArrayLike,
    mean_q: ArrayLike,
    std_q: ArrayLike,
    *,
    base: float = math.e,
) -> Array:
    """Divergence of Gaussians, D(p ‖ q), entry by entry.

    Args:
        mean_p: mean of p, a number or any shape.
        std_p: standard deviation of p, positive, in the same shape.
        mean_q: mean of q, in the same shape.
        std_q: standard deviation of q, positive, in the same shape.
        base: of the logarithm; e gives nats, 2 gives bits.

    Returns:
        One divergence an entry; those of independent coordinates add.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if shapes differ, a value is not finite, a deviation
            is not positive, or a divergence exceeds float64.

    Source:
        eq. `claim:gaussian-kl` of this book.
    """
    m, s = _gaussian(mean_p, std_p, "_p")
    n, t = _gaussian(mean_q, std_q, "_q")
    if m.shape != n.shape:
        raise ValueError(f"mean_q must have shape {m.shape}, got {n.shape}")
    unit = checks.log_of(base)

    with np.errstate(over="ignore"):
        shift = 2 * ((m / 2 - n / 2) / t)
        growth = (s - t) / t * ((s - t) / t + 2)  # s² / t² − 1
        gaps = ((growth + shift**2) / 2 - log_ratio(s, t)) / unit
    return check.real(gaps, "the divergence")


def _gaussian(
    mean: ArrayLike, std: ArrayLike, suffix: str
) -> tuple[Array, Array]:
    """Means and deviations of one shape."""
    m = check.real(mean, "mean" + suffix)
    s = check.real(std, "std" + suffix)
    if s.shape != m.shape:
        raise ValueError(
            f"std{suffix} must have shape {m.shape}, got {s.shape}"
        )
    if np.any(s <= 0):
        raise ValueError(f"std{suffix} must be positive, got {s.min()}")
    return m, s


def discretized_gaussian(x: ArrayLike, mean: float, std: float) -> Array:
    """Probabilities on a grid that follow a Gaussian density.

    Args:
        x: the points, shape (n,).
        mean: μ.
        std: σ, positive.

    Returns:
        exp(−(x − μ)² / 2σ²) over its sum, shape (n,).

    Raises:
        TypeError: if an argument is not real.
        ValueError: if x is no vector, a value is not finite or std is
            not positive.
    """
    x, mean = check.vector(x), check.number(mean, "mean")
    std = check.positive(std, "std")

    with np.errstate(over="ignore", invalid="ignore"):
        far = np.abs(x / 2 - mean / 2)
        nearest = np.min(far)
        # (a² − b²) = (a − b)(a + b)
        z = -2 * ((far - nearest) / std) * ((far + nearest) / std)
    # the nearest point gets exponent 0, also where that is 0 · ∞
    return np.asarray(softmax(np.where(far == nearest, 0.0, z)))

"""Importance sampling: draw from q, weigh by p/q.

Notation:
    w: weights, in proportion to p(x)/q(x), shape (n,), with sum 1.
    f: values at the draws, shape (n,).
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import scaled, unscaled
from derivable._validation import Array
from derivable.probability.sampling import _checks
from derivable.probability.sampling.records import Estimate


def importance_weights(
    log_target: ArrayLike, log_proposal: ArrayLike
) -> Array:
    """Normalised weights of draws from a proposal.

    Args:
        log_target: ln p at the draws, up to a constant; −∞ where p is
            zero, shape (n,).
        log_proposal: ln q at the draws, up to a constant, shape (n,).

    Returns:
        w in proportion to p/q with sum 1, shape (n,).

    Raises:
        TypeError: if an argument is not real.
        ValueError: if shapes differ, a log-density is NaN or +∞, q is
            zero at a draw of its own, or all weights are zero.

    Source:
        eq. `def:self-normalised` of this book.
    """
    log_q = check.vector(log_proposal, "log_proposal")
    log_p = _checks.log_values(log_target, log_q.shape, "log_target")
    if not np.isfinite(log_p).any():
        raise ValueError(
            f"weights must not all be zero, got {len(log_p)} times a "
            "log_target of -inf"
        )

    half = log_p / 2 - log_q / 2  # a difference may leave float64
    with np.errstate(over="ignore"):
        w = np.exp(2 * (half - np.max(half)))
    return np.asarray(w / np.sum(w))


def weight_size(weights: ArrayLike) -> float:
    """How many equal weights would vary as little: (Σw)² / Σw².

    Args:
        weights: not negative, in any unit, shape (n,).

    Returns:
        The effective size, from 1 to n.

    Raises:
        TypeError: if weights is not real.
        ValueError: if weights is no vector, or a weight is negative, or
            all are zero.

    Source:
        Kong, Liu and Wong (1994); eq. `def:weight-size` of this book.
    """
    w = _checks.weights(weights)

    return float(1 / (w @ w))  # eq. def:weight-size


def importance_estimate(values: ArrayLike, weights: ArrayLike) -> Estimate:
    """The weighted mean, with its standard error for large n.

    NB: the proposal must be positive wherever the target is, also where
    f is zero, and w and w f must have finite variances. The draws cannot
    tell.

    Args:
        values: f at the draws, shape (n,).
        weights: not negative, in any unit, shape (n,).

    Returns:
        Σ wᵢ fᵢ and √(Σ wᵢ² (fᵢ − mean)²), with Σ wᵢ = 1.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if shapes differ, n < 2, or weights are negative or
            all zero.

    Source:
        Owen (2013), chapter 9; eq. `def:self-normalised` of this book.
    """
    w = _checks.weights(weights)
    f = check.of_shape(check.real(values, "values"), w.shape, "values")
    if len(f) < 2:
        raise ValueError(f"values must have at least 2 entries, got {len(f)}")
    f, e = scaled(f)

    mean = float(w @ f)  # eq. def:self-normalised
    error = float(np.linalg.norm(w * (f - mean)))
    return Estimate(*unscaled([mean, error], e, "the estimate").tolist())

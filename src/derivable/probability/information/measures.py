"""Entropy, cross-entropy and divergence of finitely many outcomes.

Notation:
    p: true probabilities, any shape; all entries together sum to 1.
    q: those of a model, shape of p.
    z: a logit, the score that a sigmoid turns into a probability.
    y: the truth, from 0 to 1.
    base: of the logarithm; e gives nats, 2 gives bits.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import softplus
from derivable.probability._checks import distribution
from derivable.probability.information import _checks as checks


def entropy(p: ArrayLike, *, base: float = math.e) -> float:
    """Mean surprise of a distribution: −Σ p log p.

    Args:
        p: probabilities, any shape; a zero adds nothing.
        base: of the logarithm; e gives nats, 2 gives bits.

    Returns:
        The entropy, from 0 to the logarithm of the number of outcomes.

    Raises:
        TypeError: if p or base is not real.
        ValueError: if p has a negative entry, another sum than 1 or no
            entry, or base is not above 1.

    Source:
        Shannon (1948), section 6; eq. `def:entropy` of this book.
    """
    p = distribution(p)
    unit = checks.log_of(base)

    return (0.0 - float(np.sum(p_log_q(p, p)))) / unit  # eq. def:entropy


def cross_entropy(
    p: ArrayLike, q: ArrayLike, *, base: float = math.e
) -> float:
    """Mean surprise of one who believes q where p is true: −Σ p log q.

    Args:
        p: true probabilities, any shape.
        q: those of the model, shape of p.
        base: of the logarithm; e gives nats, 2 gives bits.

    Returns:
        The cross-entropy; infinite if q is 0 where p is not.

    Raises:
        TypeError: if p, q or base is not real.
        ValueError: if p or q is no distribution, their shapes differ,
            or base is not above 1.

    Source:
        eq. `def:cross-entropy` of this book.
    """
    p, q = checks.pair(p, q)
    unit = checks.log_of(base)

    return (0.0 - float(np.sum(p_log_q(p, q)))) / unit


def kl_divergence(
    p: ArrayLike, q: ArrayLike, *, base: float = math.e
) -> float:
    """What it costs to believe q where p is true: Σ p log(p / q).

    It is summed as Σ (q − p − p ln(q / p)), of which no term is below
    0; one that rounding makes negative counts as 0.

    Args:
        p: true probabilities, any shape.
        q: those of the model, shape of p.
        base: of the logarithm; e gives nats, 2 gives bits.

    Returns:
        The divergence, at least 0; infinite if q is 0 where p is not.

    Raises:
        TypeError: if p, q or base is not real.
        ValueError: if p or q is no distribution, their shapes differ,
            or base is not above 1.

    Source:
        Kullback and Leibler (1951); eq. `claim:kl-terms` of this book.
    """
    p, q = checks.pair(p, q)
    unit = checks.log_of(base)

    seen = p > 0
    never = float(np.sum(q[~seen]))
    p, q = p[seen], q[seen]
    terms = np.maximum(q - p - p * log_ratio(q, p), 0.0)  # eq. claim:kl-terms
    return (float(np.sum(terms)) + never) / unit


def perplexity(p: ArrayLike, q: ArrayLike | None = None) -> float:
    """How many equally likely outcomes surprise as much: exp H(p, q).

    Args:
        p: true probabilities, any shape.
        q: those of the model, shape of p; by default p itself.

    Returns:
        The perplexity, at least 1; infinite if q is 0 where p is not.

    Raises:
        TypeError: if p or q is not real.
        ValueError: if p or q is no distribution or their shapes differ.

    Source:
        Jelinek and others (1977); eq. `def:perplexity` of this book.
    """
    nats = entropy(p) if q is None else cross_entropy(p, q)

    with np.errstate(over="ignore"):
        return float(np.exp(nats))  # eq. def:perplexity


def binary_cross_entropy(
    z: ArrayLike, y: ArrayLike, *, base: float = math.e
) -> Array:
    """Cross-entropy of (y, 1 − y) and a sigmoid, from its logit.

    Args:
        z: logits, any shape.
        y: targets from 0 to 1, shape of z.
        base: of the logarithm; e gives nats, 2 gives bits.

    Returns:
        The losses −y log σ(z) − (1 − y) log(1 − σ(z)), shape of z.

    Raises:
        TypeError: if z, y or base is not real.
        ValueError: if z or y is not finite, a target lies outside
            [0, 1], the shapes differ, or base is not above 1.

    Source:
        eq. `claim:from-logit` of this book.
    """
    z, y = check.real(z, "z"), check.real(y, "y")
    unit = checks.log_of(base)
    if y.shape != z.shape:
        raise ValueError(f"y must have shape {z.shape}, got {y.shape}")
    outside = (y < 0) | (y > 1)
    if outside.any():
        raise ValueError(f"y must lie in [0, 1], got {y[outside].flat[0]}")

    loss = y * softplus(-z) + (1 - y) * softplus(z)  # eq. claim:from-logit
    return check.real(loss / unit, "the loss")


def p_log_q(p: Array, q: Array) -> Array:
    """Entries p ln q, with 0 ln q = 0 and ln 0 = −∞."""
    inside = p > 0
    with np.errstate(divide="ignore"):
        logs = np.log(np.where(inside, q, 1.0))
    return np.where(inside, p, 0.0) * logs


def log_ratio(q: Array, p: Array) -> Array:
    """Entries ln(q / p) for positive p, with many digits for q near p."""
    with np.errstate(divide="ignore"):  # ln 0 = −∞
        logs = np.asarray(np.log(q) - np.log(p))
    near = np.abs(q - p) <= p / 2
    logs[near] = np.log1p((q[near] - p[near]) / p[near])
    return logs

"""From the probability of the data to the probability of its cause.

Notation:
    prior: P(H) of k hypotheses, shape (k,), sums to 1.
    likelihood: P(D | H) for each of them, shape (k,).
    evidence: P(D), one number.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import unscaled
from derivable._validation import Array
from derivable.calculus import softmax
from derivable.probability._checks import distribution, probabilities
from derivable.probability.bayes._checks import not_negative


def posterior(prior: ArrayLike, likelihood: ArrayLike) -> tuple[Array, float]:
    """P(H | D) of every hypothesis, and P(D), from P(H) and P(D | H).

    Args:
        prior: P(H) of k hypotheses that exclude each other and leave
            none out, shape (k,).
        likelihood: P(D | H), or the density of D, for each, shape (k,).

    Returns:
        The posterior, shape (k,), and the evidence, one number.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if the prior does not sum to 1, an entry is
            negative, lengths differ, or the evidence is 0.

    Source:
        Bayes (1763); eq. `claim:bayes` of this book.
    """
    p, L = _pair(prior, likelihood)

    joint, e = _products(p, L)  # p L / 2ᵉ: not all underflow
    evidence = np.sum(joint)  # eq. claim:bayes
    if evidence == 0:
        raise ValueError(
            "the evidence must not be zero, got likelihood 0 for every "
            "hypothesis of positive prior"
        )
    return joint / evidence, float(unscaled(evidence, e, "the evidence"))


def _products(p: Array, L: Array) -> tuple[Array, Array]:
    """The pair (p L / 2ᵉ, e); along axis 0 the largest is at least 1/4."""
    (a, i), (b, j) = np.frexp(p), np.frexp(L)
    m = a * b
    e = np.where(m > 0, i + j, np.iinfo(np.int32).min // 2)
    largest = np.max(e, axis=0)
    return np.ldexp(m, e - largest), largest


def _pair(prior: ArrayLike, likelihood: ArrayLike) -> tuple[Array, Array]:
    p = check.vector(distribution(prior, "prior"), "prior")
    L = not_negative(likelihood, "likelihood")
    if p.shape != L.shape[-1:]:
        raise ValueError(
            f"likelihood must have {len(p)} entries, one a hypothesis, "
            f"got shape {L.shape}"
        )
    if L.ndim != 1:
        raise ValueError(
            f"likelihood must be a vector of shape (k,), got {L.shape}"
        )
    return p, L


def sequential_posterior(prior: ArrayLike, likelihoods: ArrayLike) -> Array:
    """The posterior after each of several observations.

    Row t of the likelihoods is P(D_t | H, D_1, …, D_(t−1)), which is
    P(D_t | H) if the observations are independent given H, all
    together: that each two are is not enough.

    Args:
        prior: P(H) of k hypotheses, shape (k,).
        likelihoods: one observation a row, shape (T, k).

    Returns:
        All posteriors, the prior first, shape (T + 1, k).

    Raises:
        TypeError: if an argument is not real.
        ValueError: if the prior does not sum to 1, an entry is
            negative, shapes differ, or nothing is possible any more.

    Source:
        eq. `claim:sequential` of this book.
    """
    p = check.vector(distribution(prior, "prior"), "prior")
    L = check.matrix(not_negative(likelihoods, "likelihoods"), "likelihoods")
    if L.shape[1] != len(p):
        raise ValueError(
            f"likelihoods must have {len(p)} columns, got {L.shape}"
        )

    with np.errstate(divide="ignore"):  # the logarithm of 0 is −∞
        logs = np.cumsum(np.log(np.vstack([p, L])), axis=0)
    dead = np.flatnonzero(np.max(logs, axis=1) == -np.inf)
    if len(dead):
        raise ValueError(
            "the evidence must not be zero, got no hypothesis left after "
            f"{dead[0]} observations"
        )
    return np.asarray(softmax(logs))  # eq. claim:sequential


def conditional(joint: ArrayLike, axis: int) -> Array:
    """P(A | B) from a table of P(A, B), where `axis` runs over A.

    Args:
        joint: probabilities that sum to 1, any shape of two axes or more.
        axis: the axis that is to sum to 1; the others are given.

    Returns:
        The table of conditional probabilities, shape of the joint.

    Raises:
        TypeError: if joint is not real or axis not a whole number.
        ValueError: if joint does not sum to 1, an entry is negative, or
            a condition has probability 0.

    Source:
        eq. `def:conditional` of this book.
    """
    p = distribution(joint, "joint")
    if p.ndim < 2:
        raise ValueError(f"joint must have two axes or more, got {p.shape}")
    axis = check.whole(axis, "axis", least=-p.ndim, most=p.ndim - 1)

    marginal = np.sum(p, axis=axis, keepdims=True)  # eq. def:marginal
    if not np.all(marginal > 0):
        at = tuple(int(i) for i in np.argwhere(marginal == 0)[0])
        raise ValueError(
            "each condition must have a positive probability, got 0 at "
            f"index {at} of shape {marginal.shape}"
        )
    return np.asarray(p / marginal)  # eq. def:conditional


def odds(p: ArrayLike) -> Array:
    """How many times as probable as not: p / (1 − p).

    Args:
        p: probabilities below 1, any shape.

    Returns:
        The odds, shape of p.

    Raises:
        TypeError: if p is not real.
        ValueError: if an entry does not lie in [0, 1).

    Source:
        eq. `def:odds` of this book.
    """
    p = probabilities(p, "p")
    if np.max(p) == 1:
        raise ValueError("p must lie in [0, 1), got 1, whose odds are endless")

    return np.asarray(p / (1 - p))  # eq. def:odds


def probability(odds: ArrayLike) -> Array:
    """The probability that has these odds: o / (1 + o).

    Args:
        odds: numbers of at least 0, any shape.

    Returns:
        Probabilities, shape of the odds.

    Raises:
        TypeError: if odds are not real.
        ValueError: if an entry is negative or not finite.

    Source:
        eq. `claim:from-odds` of this book.
    """
    o = not_negative(odds, "odds")

    return np.asarray(o / (1 + o))  # eq. claim:from-odds


def predictive_values(
    prevalence: ArrayLike, sensitivity: ArrayLike, specificity: ArrayLike
) -> tuple[Array, Array]:
    """What a test's answer is worth: P(ill | +) and P(healthy | −).

    Args:
        prevalence: P(ill).
        sensitivity: P(+ | ill).
        specificity: P(− | healthy). Shapes of the three that broadcast.

    Returns:
        The positive and the negative predictive value, of that shape.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if one does not lie in [0, 1], shapes do not
            broadcast, or one of the two answers has probability 0.

    Source:
        eq. `claim:predictive-value` of this book.
    """
    p = probabilities(prevalence, "prevalence")
    s = probabilities(sensitivity, "sensitivity")
    c = probabilities(specificity, "specificity")
    try:
        np.broadcast_shapes(p.shape, s.shape, c.shape)
    except ValueError:
        raise ValueError(
            "the shapes must broadcast, "
            f"got {p.shape}, {s.shape} and {c.shape}"
        ) from None

    p, s, c = np.broadcast_arrays(p, s, c)
    prior = np.stack([p, 1 - p])  # of ill and healthy
    positive = _shares(prior, np.stack([s, 1 - c]), "positive")[0]
    negative = _shares(prior, np.stack([1 - s, c]), "negative")[1]
    return np.asarray(positive), np.asarray(negative)


def _shares(prior: Array, likelihood: Array, answer: str) -> Array:
    joint, _ = _products(prior, likelihood)
    evidence = np.sum(joint, axis=0)
    if not np.all(evidence > 0):
        raise ValueError(
            f"a {answer} answer must be possible, got probability 0"
        )
    return np.asarray(joint / evidence)  # eq. claim:bayes

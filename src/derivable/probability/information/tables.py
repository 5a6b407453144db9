"""What two variables tell of each other, from their joint table.

Notation:
    P: joint probabilities, shape (r, c); row i is a value of the first
        variable, column j one of the second.
    n: the size of a sample.
    counts: how often each outcome was seen.
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable.probability.information import _checks as checks
from derivable.probability.information.measures import (
    entropy,
    kl_divergence,
    p_log_q,
)


def mutual_information(P: ArrayLike, *, base: float = math.e) -> float:
    """Divergence of a joint distribution from independence.

    Args:
        P: joint probabilities, shape (r, c).
        base: of the logarithm; e gives nats, 2 gives bits.

    Returns:
        Σ P log(P / (row sum · column sum)), at least 0, and 0 for
        independent variables up to rounding.

    Raises:
        TypeError: if P or base is not real.
        ValueError: if P is not a matrix or no distribution, or base is
            not above 1.

    Source:
        Shannon (1948), section 12; eq. `def:mutual-information`.
    """
    P = checks.joint(P)

    return kl_divergence(P, np.outer(P.sum(axis=1), P.sum(axis=0)), base=base)


def conditional_entropy(P: ArrayLike, *, base: float = math.e) -> float:
    """Mean entropy of the columns' variable when the row is known.

    Args:
        P: joint probabilities, shape (r, c).
        base: of the logarithm; e gives nats, 2 gives bits.

    Returns:
        −Σ P log(P / row sum), at least 0.

    Raises:
        TypeError: if P or base is not real.
        ValueError: if P is not a matrix or no distribution, or base is
            not above 1.

    Source:
        Shannon (1948), section 6; eq. `def:conditional-entropy`.
    """
    P = checks.joint(P)
    unit = checks.log_of(base)

    rows = P.sum(axis=1, keepdims=True)
    given = np.divide(P, rows, out=np.zeros_like(P), where=rows > 0)
    return (0.0 - float(np.sum(p_log_q(P, given)))) / unit


def contingency_table(x: ArrayLike, y: ArrayLike) -> NDArray[np.int64]:
    """How often each value of x meets each value of y.

    Args:
        x: whole numbers or True and False, shape (n,).
        y: the same, shape (n,).

    Returns:
        Counts, shape (r, c): one row for each value that x takes, one
        column for each value that y takes, both in ascending order.

    Raises:
        TypeError: if x or y holds anything but whole numbers or flags.
        ValueError: if x or y is no vector or empty, or lengths differ.
    """
    x, y = checks.labels(x, "x"), checks.labels(y, "y")
    if len(x) != len(y):
        raise ValueError(f"y must have length {len(x)}, got {len(y)}")

    rows, i = np.unique(x, return_inverse=True)
    columns, j = np.unique(y, return_inverse=True)
    counts = np.zeros((len(rows), len(columns)), dtype=np.int64)
    np.add.at(counts, (i, j), 1)
    return counts


def information_gain(
    labels: ArrayLike, split: ArrayLike, *, base: float = math.e
) -> float:
    """By how much a split lowers the mean entropy of labels.

    Args:
        labels: classes, whole numbers or flags, shape (n,).
        split: the branch that each sample takes, in the same form.
        base: of the logarithm; e gives nats, 2 gives bits.

    Returns:
        Entropy of the labels minus its mean over the branches, at
        least 0; the mutual information of labels and branches.

    Raises:
        TypeError: if labels or split holds anything but whole numbers
            or flags.
        ValueError: if an argument is no vector or empty, their lengths
            differ, or base is not above 1.

    Source:
        Quinlan (1986), section 4; eq. `claim:information-gain`.
    """
    split = checks.labels(split, "split")
    counts = contingency_table(split, checks.labels(labels, "labels"))

    return mutual_information(counts / counts.sum(), base=base)


def miller_madow(counts: ArrayLike, *, base: float = math.e) -> float:
    """Entropy of what was counted, with the bias of order 1/n removed.

    Args:
        counts: how often each outcome was seen in independent draws,
            any shape.
        base: of the logarithm; e gives nats, 2 gives bits.

    Returns:
        Entropy of the shares plus (k − 1) / 2n nats, where k outcomes
        were seen; it may exceed the logarithm of k.

    Raises:
        TypeError: if counts are not whole numbers or base is not real.
        ValueError: if a count is negative, all are 0, there is none, or
            base is not above 1.

    Source:
        Miller (1955); eq. `claim:entropy-bias` of this book.
    """
    counts = np.atleast_1d(check.whole_numbers(counts, "counts"))
    if np.any(counts < 0):
        raise ValueError(f"counts must not be negative, got {counts.min()}")
    n = float(np.sum(counts, dtype=np.float64))
    if n == 0:
        raise ValueError("counts must hold a count above 0, got zeros only")
    unit = checks.log_of(base)

    k = np.count_nonzero(counts)
    return entropy(counts / n, base=base) + (k - 1) / (2 * n) / unit

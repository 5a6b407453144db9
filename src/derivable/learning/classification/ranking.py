"""All thresholds at once: how well scores order two classes.

Notation:
    s: distinct scores, falling; tp, fp: ones and zeros at or above each.
    n1, n0: how many ones and zeros there are.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.classification._checks import both


@dataclass(frozen=True)
class RocCurve:
    """What each threshold catches, and what it raises in vain.

    Attributes:
        false_positive_rate: share of the zeros called 1, shape (m + 1,).
        true_positive_rate: share of the ones called 1, shape (m + 1,).
        thresholds: falling scores from which on 1 is called, shape (m,),
            of all points but the first, at which nothing is.
    """

    false_positive_rate: Array
    true_positive_rate: Array
    thresholds: Array


@dataclass(frozen=True)
class PrecisionRecall:
    """Precision and recall at each threshold.

    Attributes:
        precision: share of ones in what is called 1, shape (m,).
        recall: share of the ones that is called 1, rising, shape (m,).
        thresholds: falling scores from which on 1 is called, (m,).
    """

    precision: Array
    recall: Array
    thresholds: Array


def roc_curve(y: ArrayLike, scores: ArrayLike) -> RocCurve:
    """Receiver operating characteristic; equal scores are one point.

    Args:
        y: labels 0 and 1, integers, both present, shape (n,).
        scores: larger for class 1; logits or probabilities, shape (n,).

    Returns:
        A point for each of the m distinct scores, and (0, 0).

    Raises:
        TypeError: if y holds no integers, or a score is not real.
        ValueError: if shapes differ, a label is not 0 or 1, or y lacks
            a class.

    Source:
        Fawcett (2006), section 5; eq. `def:roc` of this book.
    """
    s, ones, zeros = _grouped(y, scores)

    fpr, tpr = np.cumsum(zeros) / zeros.sum(), np.cumsum(ones) / ones.sum()
    start = np.zeros(1)
    return RocCurve(
        np.concatenate([start, fpr]),
        np.concatenate([start, tpr]),
        s,
    )


def roc_auc(y: ArrayLike, scores: ArrayLike) -> float:
    """The probability that a one scores above a zero; ties count half.

    Args:
        y: labels 0 and 1, integers, both present, shape (n,).
        scores: larger for class 1, shape (n,).

    Returns:
        The area under the ROC curve.

    Raises:
        TypeError: if y holds no integers, or a score is not real.
        ValueError: if shapes differ, a label is not 0 or 1, or y lacks
            a class.

    Source:
        Hanley and McNeil (1982); eq. `claim:auc` of this book.
    """
    _, ones, zeros = _grouped(y, scores)

    below = zeros.sum() - np.cumsum(zeros)  # zeros that score lower
    wins = np.sum(ones * (below + zeros / 2))
    return float(wins / (ones.sum() * zeros.sum()))  # eq. claim:auc


def precision_recall_curve(y: ArrayLike, scores: ArrayLike) -> PrecisionRecall:
    """Precision and recall for each distinct score as threshold.

    Args:
        y: labels 0 and 1, integers, both present, shape (n,).
        scores: larger for class 1, shape (n,).

    Returns:
        A point for each of the m distinct scores.

    Raises:
        TypeError: if y holds no integers, or a score is not real.
        ValueError: if shapes differ, a label is not 0 or 1, or y lacks
            a class.

    Source:
        Davis and Goadrich (2006); eq. `def:precision` of this book.
    """
    s, ones, zeros = _grouped(y, scores)

    tp, fp = np.cumsum(ones), np.cumsum(zeros)
    return PrecisionRecall(tp / (tp + fp), tp / tp[-1], s)


def average_precision(y: ArrayLike, scores: ArrayLike) -> float:
    """Mean precision over the thresholds at which ones are found.

    Args:
        y: labels 0 and 1, integers, both present, shape (n,).
        scores: larger for class 1, shape (n,).

    Returns:
        The sum of precisions, each times the gain of recall.

    Raises:
        TypeError: if y holds no integers, or a score is not real.
        ValueError: if shapes differ, a label is not 0 or 1, or y lacks
            a class.

    Source:
        eq. `def:average-precision` of this book.
    """
    curve = precision_recall_curve(y, scores)

    gain = np.diff(curve.recall, prepend=0.0)  # eq. def:average-precision
    return float(np.sum(gain * curve.precision))  # eq. def:average-precision


def _grouped(y: ArrayLike, scores: ArrayLike) -> tuple[Array, Array, Array]:
    """Distinct scores, falling, with the ones and the zeros at each."""
    truth, values = both(y), check.vector(scores, "scores")
    if values.shape != truth.shape:
        raise ValueError(
            f"scores must have shape {truth.shape}, got {values.shape}"
        )
    s, place = np.unique(values, return_inverse=True)
    ones = np.asarray(np.bincount(place, weights=truth), dtype=float)
    zeros = np.asarray(np.bincount(place, weights=1 - truth), dtype=float)
    return s[::-1], ones[::-1], zeros[::-1]

"""Counts of right and wrong decisions, and the shares made of them.

Notation:
    y, y_hat: true and predicted classes, shape (n,).
    C: C[i, j] samples of class i were called j, shape (k, k).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable.learning.classification._checks import binary

MOST = 10_000  # classes: the matrix has as many squared entries


@dataclass(frozen=True)
class BinaryScores:
    """Shares of decisions on two classes.

    Attributes:
        accuracy: of all, how many were right.
        precision: of those called 1, how many are; 0 if none was.
        recall: of the ones, how many were called 1.
        specificity: of the zeros, how many were called 0.
        f1: harmonic mean of precision and recall.
        balanced_accuracy: mean of recall and specificity.
    """

    accuracy: float
    precision: float
    recall: float
    specificity: float
    f1: float
    balanced_accuracy: float


def confusion_matrix(
    y: ArrayLike, y_hat: ArrayLike, *, num_classes: int | None = None
) -> NDArray[np.int64]:
    """How many samples of each class were called what.

    Args:
        y: true classes, integers from 0, shape (n,).
        y_hat: predicted classes, shape (n,).
        num_classes: k; default one more than the largest class.

    Returns:
        C with a row for each true, a column for each predicted class,
        shape (k, k).

    Raises:
        TypeError: if classes are not integers.
        ValueError: if shapes differ, or a class does not lie in
            0 … k − 1.

    Source:
        eq. `def:confusion` of this book.
    """
    y, y_hat = _classes(y, "y"), _classes(y_hat, "y_hat")
    if y.shape != y_hat.shape:
        raise ValueError(f"y_hat must have shape {y.shape}, got {y_hat.shape}")
    largest = int(max(y.max(), y_hat.max()))
    if num_classes is None:
        num_classes = largest + 1
    k = check.whole(num_classes, "num_classes", least=1, most=MOST)
    if largest >= k:
        raise ValueError(f"classes must lie in 0 … {k - 1}, got {largest}")

    C = np.zeros((k, k), dtype=np.int64)
    np.add.at(C, (y, y_hat), 1)
    return C


def binary_scores(y: ArrayLike, y_hat: ArrayLike) -> BinaryScores:
    """Accuracy, precision, recall and their kin, for labels 0 and 1.

    Args:
        y: true labels 0 and 1, integers, both present, shape (n,).
        y_hat: predicted labels, shape (n,).

    Returns:
        The shares.

    Raises:
        TypeError: if labels are not integers.
        ValueError: if shapes differ, a label is not 0 or 1, or y lacks
            a class.

    Source:
        eq. `def:precision` and `claim:f1` of this book.
    """
    truth = binary(y).astype(np.intp)
    called = binary(y_hat, "y_hat").astype(np.intp)
    C = confusion_matrix(truth, called, num_classes=2)
    (tn, fp), (fn, tp) = ((int(i) for i in row) for row in C)
    if tp + fn == 0 or tn + fp == 0:
        raise ValueError(
            f"y must hold both classes, got {tn + fp} zeros and {tp + fn} ones"
        )

    recall, specificity = tp / (tp + fn), tn / (tn + fp)  # eq. def:precision
    return BinaryScores(
        accuracy=(tp + tn) / (tp + tn + fp + fn),
        precision=tp / (tp + fp) if tp + fp else 0.0,  # eq. def:precision
        recall=recall,
        specificity=specificity,
        f1=2 * tp / (2 * tp + fp + fn),  # eq. claim:f1
        balanced_accuracy=(recall + specificity) / 2,
    )


def _classes(y: ArrayLike, name: str) -> NDArray[np.intp]:
    values = check.whole_numbers(y, name)
    if values.ndim != 1:
        raise ValueError(
            f"{name} must be a vector of shape (n,), got {values.shape}"
        )
    if values.min() < 0 or values.max() >= MOST:
        wrong = values.min() if values.min() < 0 else values.max()
        raise ValueError(
            f"{name} must hold classes 0 to {MOST - 1}, got {wrong}"
        )
    return values.astype(np.intp)

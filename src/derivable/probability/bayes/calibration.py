"""Whether what is said with probability p happens in a share p of cases.

Notation:
    y: what happened, 0 or 1, shape (n,).
    p: the probability that was stated for 1, shape (n,).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability._checks import probabilities

MOST = 10**6  # bins: more hold no prediction each


@dataclass(frozen=True)
class Calibration:
    """Stated and true shares, for each bin that holds a prediction.

    Attributes:
        confidence: mean of the stated probabilities, shape (m,).
        frequency: share of ones, shape (m,).
        count: how many predictions, shape (m,).
    """

    confidence: Array
    frequency: Array
    count: NDArray[np.int64]


def calibration_curve(
    y: ArrayLike, p: ArrayLike, *, num_bins: int = 10
) -> Calibration:
    """Stated probability and frequency, in bins of equal width.

    Args:
        y: what happened, 0 or 1, shape (n,).
        p: the probability that was stated for 1, shape (n,).
        num_bins: how many bins share [0, 1]; an edge belongs to the
            bin below, 0 to the first.

    Returns:
        Means of the bins that are not empty, in ascending order.

    Raises:
        TypeError: if an argument is of the wrong kind.
        ValueError: if y holds another number, p leaves [0, 1], or
            lengths differ.

    Source:
        Murphy and Winkler (1977); eq. `def:ece` of this book.
    """
    hits = _outcomes(y)
    p = check.vector(probabilities(p, "p"), "p")
    if p.shape != hits.shape:
        raise ValueError(
            f"p must have an entry for each of {len(hits)} outcomes, "
            f"got {p.shape}"
        )
    m = check.whole(num_bins, "num_bins", least=1, most=MOST)

    # k / m is rounded as a typed 0.3 is, so 0.3 lies on the edge 3 / 10.
    place = np.searchsorted(np.arange(1, m) / m, p)
    count = np.bincount(place)
    kept = count > 0
    stated = np.bincount(place, weights=p)[kept]
    ones = np.bincount(place, weights=hits)[kept]
    n = count[kept].astype(np.int64)
    return Calibration(stated / n, ones / n, n)


def expected_calibration_error(
    y: ArrayLike, p: ArrayLike, *, num_bins: int = 10
) -> float:
    """The mean gap between stated probability and frequency.

    NB: chance makes gaps too, more with fewer samples, and gaps within a
    bin cancel; so neither is 0.1 bad nor 0 good by itself.

    Args:
        y: what happened, 0 or 1, shape (n,).
        p: the probability that was stated for 1, shape (n,).
        num_bins: how many bins share [0, 1], as `calibration_curve`.

    Returns:
        The gaps of the bins, each weighted by its share of predictions.

    Raises:
        TypeError: if an argument is of the wrong kind.
        ValueError: as `calibration_curve`.

    Source:
        Naeini, Cooper and Hauskrecht (2015); eq. `def:ece` of this book.
    """
    curve = calibration_curve(y, p, num_bins=num_bins)
    gaps = np.abs(curve.frequency - curve.confidence)
    return float(curve.count @ gaps / np.sum(curve.count))  # eq. def:ece


def _outcomes(y: ArrayLike) -> Array:
    values = check.vector(y, "y")
    wrong = (values != 0) & (values != 1)
    if wrong.any():
        raise ValueError(f"y must be 0 or 1, got {values[wrong][0]}")
    return values

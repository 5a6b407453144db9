"""Factors of a table with holes, fitted to the entries that are there.

Notation:
    R: ratings, shape (m, n); only observed entries are read.
    P: tastes of the viewers, shape (m, k).
    Q: traits of the films, shape (n, k); a rating is predicted by P Qᵀ.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array
from derivable.linalg.decompositions._checks import count


@dataclass(frozen=True)
class Factors:
    """What alternating least squares found.

    Attributes:
        P: shape (m, k).
        Q: shape (n, k).
        losses: the penalised loss before and after each sweep, (T+1,).
    """

    P: Array
    Q: Array
    losses: Array

    def predict(self) -> Array:
        """All entries, observed or not: P Qᵀ, shape (m, n)."""
        return np.asarray(self.P @ self.Q.T)


def als(  # noqa: PLR0913
    R: ArrayLike,
    observed: ArrayLike,
    k: int,
    *,
    rng: np.random.Generator,
    ridge: float = 1.0,
    num_sweeps: int = 30,
) -> Factors:
    """Fit P Qᵀ to the observed entries of R, one factor at a time.

    The loss is Σ (R − P Qᵀ)² over observed entries
    + ridge (‖P‖² + ‖Q‖²).

    Args:
        R: ratings, shape (m, n); what is not observed may be NaN.
        observed: True where a rating counts, shape (m, n).
        k: number of factors, in 1 to min(m, n).
        rng: draws the first Q.
        ridge: weight of the penalty, positive.
        num_sweeps: how often both factors are fitted.

    Returns:
        Both factors and the loss of every sweep, which never rises.

    Raises:
        TypeError: if observed is not Boolean.
        ValueError: if nothing is observed, an observed entry is not
            finite, shapes differ, or k or ridge is out of range.

    Source:
        Koren, Bell and Volinsky (2009); eq. `claim:als-row` of this book.
    """
    R, mask = _known(R, observed)
    k = count(k, min(R.shape))
    ridge = check.positive(ridge, "ridge")
    count(num_sweeps, 10**9, "num_sweeps")

    P = np.zeros((R.shape[0], k))
    Q = rng.normal(size=(R.shape[1], k))
    losses = [_loss(R, mask, P, Q, ridge)]
    for _ in range(num_sweeps):
        P = _fit(R, mask, Q, ridge)
        Q = _fit(R.T, mask.T, P, ridge)
        losses.append(_loss(R, mask, P, Q, ridge))
    return Factors(P, Q, np.array(losses))


def _fit(R: Array, mask: NDArray[np.bool_], Q: Array, ridge: float) -> Array:
    """For each row of R, ridge regression on the rows of Q it has seen."""
    rows = []
    for ratings, seen in zip(R, mask, strict=True):
        F = Q[seen]
        H = F.T @ F + ridge * np.eye(Q.shape[1])
        rows.append(np.linalg.solve(H, F.T @ ratings[seen]))
    return np.array(rows)


def _loss(
    R: Array, mask: NDArray[np.bool_], P: Array, Q: Array, ridge: float
) -> float:
    error = (R - P @ Q.T)[mask]
    return float(error @ error + ridge * (np.sum(P**2) + np.sum(Q**2)))


def _known(
    R: ArrayLike, observed: ArrayLike
) -> tuple[Array, NDArray[np.bool_]]:
    given, mask = np.asarray(R), np.asarray(observed)
    if mask.dtype != np.bool_:
        raise TypeError(f"observed must be Boolean, got {mask.dtype}")
    if mask.shape != given.shape:
        raise ValueError(
            f"observed must have shape {given.shape}, got {mask.shape}"
        )
    if not mask.any():
        raise ValueError("observed must hold an entry, got none")
    return check.matrix(np.where(mask, given, 0), "R"), mask

"""Factors of a table with holes, fitted to the entries that are there.

Notation:
    R: ratings, shape (m, n), NaN where there is none.
    P: tastes of the viewers, shape (m, k).
    Q: traits of the films, shape (n, k); a rating is predicted by P Qᵀ.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array

LARGEST = 1e100  # beyond it the loss may overflow
Mask = NDArray[np.bool_]


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


def als(
    R: ArrayLike,
    k: int,
    *,
    rng: np.random.Generator,
    ridge: float = 1.0,
    num_sweeps: int = 30,
) -> Factors:
    """Fit P Qᵀ to the entries of R that are there, one factor at a time.

    The loss is Σ (R − P Qᵀ)² over these entries + ridge (‖P‖² + ‖Q‖²).

    Args:
        R: ratings, shape (m, n); NaN where there is none.
        k: number of factors, in 1 to min(m, n).
        rng: draws the first Q.
        ridge: weight of the penalty, positive.
        num_sweeps: how often both factors are fitted.

    Returns:
        Both factors and the loss of every sweep, which never rises.

    Raises:
        ValueError: if R has no rating, is no matrix holds infinity
            or a number beyond 1e100, or k or ridge is out of range.

    Source:
        Koren, Bell and Volinsky (2009); eq. `claim:als-row` of this book.
    """
    R, seen = _known(R)
    k = check.whole(k, "k", least=1, most=min(R.shape))
    ridge = check.positive(ridge, "ridge")
    check.whole(num_sweeps, "num_sweeps", least=1)

    P = np.zeros((R.shape[0], k))
    Q = rng.normal(size=(R.shape[1], k))
    losses = [_loss(R, seen, P, Q, ridge)]
    for _ in range(num_sweeps):
        P = _fit(R, seen, Q, ridge)
        Q = _fit(R.T, seen.T, P, ridge)
        losses.append(_loss(R, seen, P, Q, ridge))
    return Factors(P, Q, np.array(losses))


def _fit(R: Array, seen: Mask, Q: Array, ridge: float) -> Array:
    """For each row of R, ridge regression on the rows of Q it has seen."""
    rows = []
    for ratings, there in zip(R, seen, strict=True):
        F = Q[there]
        H = F.T @ F + ridge * np.eye(Q.shape[1])
        rows.append(np.linalg.solve(H, F.T @ ratings[there]))
    return np.array(rows)


def _loss(R: Array, seen: Mask, P: Array, Q: Array, ridge: float) -> float:
    error = (R - P @ Q.T)[seen]
    return float(error @ error + ridge * (np.sum(P**2) + np.sum(Q**2)))


def _known(R: ArrayLike) -> tuple[Array, Mask]:
    """The ratings, with 0 where there is none, and where there is one."""
    given = np.asarray(R)
    if given.dtype.kind != "f":
        given = check.real(R, "R")  # or an error that says why
    seen = ~np.isnan(given)
    if not seen.any():
        raise ValueError("R must hold a rating, got none")
    R = check.matrix(np.where(seen, given, 0), "R")
    if np.max(np.abs(R)) > LARGEST:
        raise ValueError(f"R must stay below {LARGEST}, got {np.max(R):.2g}")
    return R, seen

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
from derivable._precision import numerical_rank
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
        rng: draws the first Q, in units of √max |R|.
        ridge: weight of the penalty, positive.
        num_sweeps: how often both factors are fitted.

    Returns:
        Both factors and the loss of every sweep, which never rises.

    Raises:
        TypeError: if rng is no generator, or R is not real.
        ValueError: if R has no rating, is no matrix, or holds infinity
            or a number beyond 1e100, or k or ridge is out of range.

    Source:
        Koren, Bell and Volinsky (2009); eq. `claim:als-row` of this book.
    """
    R, seen = _known(R)
    k = check.whole(k, "k", least=1, most=min(R.shape))
    rng = check.generator(rng)
    check.whole(num_sweeps, "num_sweeps", least=1)
    R, ridge, unit = _in_units(R, ridge)

    P = np.zeros((R.shape[0], k))
    Q = rng.normal(size=(R.shape[1], k))
    losses = [_loss(R, seen, P, Q, ridge)]
    for _ in range(num_sweeps):
        P = _fit(R, seen, Q, ridge)
        Q = _fit(R.T, seen.T, P, ridge)
        losses.append(_loss(R, seen, P, Q, ridge))
    return _out_of_units(P, Q, losses, unit)


def _fit(R: Array, seen: Mask, Q: Array, ridge: float) -> Array:
    """For each row of R, ridge regression on the rows of Q it has seen."""
    P = np.zeros((len(R), Q.shape[1]))
    for i in np.flatnonzero(seen.any(axis=1)):
        F, ratings = Q[seen[i]], R[i, seen[i]]
        U, s, Vt = np.linalg.svd(F, full_matrices=False)
        r = numerical_rank(s, F.shape)
        gain = s[:r] / (s[:r] ** 2 + ridge)
        P[i] = gain * (ratings @ U[:, :r]) @ Vt[:r]
    return P


def _loss(R: Array, seen: Mask, P: Array, Q: Array, ridge: float) -> float:
    error = (R - P @ Q.T)[seen]
    return float(error @ error + ridge * (np.sum(P**2) + np.sum(Q**2)))


def _known(R: ArrayLike) -> tuple[Array, Mask]:
    """The ratings, with 0 where there is none, and where there is one."""
    given = check.reals(R, "R")
    seen = ~np.isnan(given)
    if not seen.any():
        raise ValueError("R must hold a rating, got none")
    R = check.matrix(np.where(seen, given, 0), "R")
    i, j = np.unravel_index(np.argmax(np.abs(R)), R.shape)
    if abs(R[i, j]) > LARGEST:
        raise ValueError(
            f"the size of R must stay below {LARGEST}, "
            f"got {R[i, j]:.2g} at index {(int(i), int(j))}"
        )
    return R, seen


def _in_units(R: Array, ridge: float) -> tuple[Array, float, float]:
    """R and ridge in units of max |R|, and this unit."""
    ridge = check.positive(ridge, "ridge")
    unit = float(np.max(np.abs(R))) or 1.0
    with np.errstate(over="ignore"):
        share = float(np.float64(ridge) / unit)
    if not 1 / LARGEST**3 < share < LARGEST**3:
        raise ValueError(
            f"ridge must lie within 1e±300 of max |R| = {unit:.2g}, "
            f"got {ridge:.2g}"
        )
    return R / unit, share, unit


def _out_of_units(
    P: Array, Q: Array, losses: list[float], unit: float
) -> Factors:
    root = np.sqrt(unit)
    with np.errstate(over="ignore"):
        sizes = unit * (unit * np.array(losses))
    return Factors(root * P, root * Q, check.real(sizes, "the losses"))

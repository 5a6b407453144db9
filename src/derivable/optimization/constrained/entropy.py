"""The least committed distribution with given means.

Notation:
    F: features of the outcomes, one outcome a row, shape (n, k).
    c: what their means must be, shape (k,).
    theta: the multipliers, shape (k,).
    p: the distribution, shape (n,).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array, ConvergenceError

TINY = 1e-300  # spares a division of 0 by 0


@dataclass(frozen=True)
class MaxEntropy:
    """A distribution of largest entropy.

    Attributes:
        p: probabilities, shape (n,).
        theta: multipliers of the features, shape (k,).
        entropy: −Σ p ln p, in nats.
    """

    p: Array
    theta: Array
    entropy: float


def max_entropy(
    features: ArrayLike,
    means: ArrayLike,
    *,
    tol: float = 1e-10,
    max_steps: int = 100,
) -> MaxEntropy:
    """Maximise −Σ p ln p subject to Σ p = 1 and Fᵀp = c.

    The dual, ln Σ exp(Fθ) − cᵀθ, is convex and has no constraints:
    Newton's method with shortened steps minimises it.

    Args:
        features: F, shape (n, k), or (n,) for one feature.
        means: c, shape (k,), or one number.
        tol: stop when all means are right to tol, for features of
            size 1.
        max_steps: give up after so many steps.

    Returns:
        The distribution, its multipliers and its entropy.

    Raises:
        ValueError: if shapes do not match, or a mean does not lie
            strictly between the least and the largest of its feature.
        ConvergenceError: if no distribution with all entries positive
            has these means, or features are dependent.

    Source:
        Jaynes (1957); eq. `claim:max-entropy` of this book.
    """
    F = check.real(features, "features")
    F = check.matrix(F.reshape(len(F), -1) if F.ndim == 1 else F, "features")
    c = check.vector(np.atleast_1d(means), "means")
    if c.shape != (F.shape[1],):
        raise ValueError(
            f"means must have shape ({F.shape[1]},), got {c.shape}"
        )
    _check_inside(F, c)

    A = (F - c) / np.abs(F - c).max(0)  # to size 1, with means 0
    theta = _dual_minimum(A, tol, max_steps)
    p = _softmax(A @ theta)
    entropy = _log_sum_exp(A @ theta) - float(p @ (A @ theta))
    return MaxEntropy(p, theta / np.abs(F - c).max(0), entropy)


def _check_inside(F: Array, c: Array) -> None:
    low, high = F.min(0), F.max(0)
    inside = (low < c) & (c < high)
    if not inside.all():
        i = int(np.flatnonzero(~inside)[0])
        border = low[i] <= c[i] <= high[i]
        raise ValueError(
            f"mean {i} must lie strictly between {low[i]:g} and {high[i]:g}, "
            f"got {c[i]:g}: "
            + ("some entries would be zero" if border else "infeasible")
        )


def _dual_minimum(A: Array, tol: float, max_steps: int) -> Array:
    """Minimise ln Σ exp(Aθ), whose gradient is Aᵀp."""
    theta = np.zeros(A.shape[1])
    for _ in range(max_steps):
        p = _softmax(A @ theta)
        slope = A.T @ p
        if np.max(np.abs(slope)) <= tol:
            return theta
        C = (A.T * p) @ A - np.outer(slope, slope)  # covariance
        if np.linalg.eigvalsh(C)[0] <= 1e-12:
            break
        d = -np.linalg.solve(C, slope)
        # A step a changes dᵀCd by e^(a spread) at most: this one descends.
        spread = max(float(np.ptp(A @ d)), TINY)
        theta = theta + np.log1p(spread) / spread * d
    raise ConvergenceError(
        "no distribution of largest entropy found: the means are off by "
        f"{np.max(np.abs(slope)):.3g}; they are infeasible, on the border, "
        "or features are dependent"
    )


def _softmax(z: Array) -> Array:
    return np.asarray(np.exp(z - _log_sum_exp(z)))


def _log_sum_exp(z: Array) -> float:
    """The logarithm of Σ exp(z), from the largest term: none overflows."""
    top = np.max(z)
    return float(top + np.log(np.sum(np.exp(z - top))))

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

DEPENDENT = 1e-12  # eigenvalues of a correlation below it count as zero
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
        ValueError: if shapes do not match, a mean does not lie strictly
            between the least and the largest of its feature, tol or
            max_steps is not positive, or a multiplier exceeds float64.
        ConvergenceError: if no distribution with all entries positive
            has these means, or features are dependent.

    Source:
        Jaynes (1957); eq. `claim:max-entropy` of this book.
    """
    F, c = _features(features, means)
    tol = check.positive(tol, "tol")
    max_steps = check.whole(max_steps, "max_steps", least=1)
    _check_inside(F, c)

    size = np.max(np.abs(F / 2 - c / 2), axis=0)
    A = (F / 2 - c / 2) / size  # to size 1, with means 0
    eta = _dual_minimum(A, tol, max_steps)
    p = _softmax(A @ eta)
    entropy = _log_sum_exp(A @ eta) - float(p @ (A @ eta))
    with np.errstate(over="ignore"):
        theta = eta / 2 / size
    if not np.isfinite(theta).all():
        raise ValueError(
            "multipliers must fit float64, got features that differ by "
            f"{2 * np.min(size):.3g} only"
        )
    return MaxEntropy(p, theta, entropy)


def _features(features: ArrayLike, means: ArrayLike) -> tuple[Array, Array]:
    F = check.real(features, "features")
    F = check.matrix(F.reshape(len(F), -1) if F.ndim == 1 else F, "features")
    c = check.vector(np.atleast_1d(check.real(means, "means")), "means")
    if c.shape != (F.shape[1],):
        raise ValueError(
            f"means must have shape ({F.shape[1]},), got {c.shape}"
        )
    return F, c


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
        C = ((A - slope).T * p) @ (A - slope)  # covariance
        spread = np.sqrt(np.diag(C))
        if not np.all(spread > 0) or _dependent(C / np.outer(spread, spread)):
            break
        d = -np.linalg.solve(C, slope)
        # A step a changes dᵀCd by e^(a reach) at most: this one descends.
        reach = max(float(np.ptp(A @ d)), TINY)
        theta = theta + np.log1p(reach) / reach * d
    raise ConvergenceError(
        "no distribution of largest entropy found: the means are off by "
        f"{np.max(np.abs(slope)):.3g}; they are infeasible, on the border, "
        "or features are dependent"
    )


def _dependent(correlation: Array) -> bool:
    return bool(np.linalg.eigvalsh(correlation)[0] <= DEPENDENT)


def _softmax(z: Array) -> Array:
    return np.asarray(np.exp(z - _log_sum_exp(z)))


def _log_sum_exp(z: Array) -> float:
    """The logarithm of Σ exp(z), from the largest term: none overflows."""
    top = np.max(z)
    return float(top + np.log(np.sum(np.exp(z - top))))

"""Proximal operators in closed form: shrink numbers, shrink groups.

Notation:
    x: any point, shape (n,).
    t: the threshold, by how much sizes shrink.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import norm
from derivable._validation import Array


def soft_threshold(x: ArrayLike, threshold: ArrayLike) -> Array:
    """Move every entry towards 0 by the threshold, and stop there.

    It is the proximal operator of threshold · ‖x‖₁.

    Args:
        x: any array.
        threshold: not negative, a number or the shape of x.

    Returns:
        sign(xᵢ) max(|xᵢ| − tᵢ, 0), shape of x.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if a threshold is negative, shapes differ, or an
            entry is not finite.

    Source:
        eq. `claim:prox-l1` of this book.
    """
    x, t = check.real(x), check.real(threshold, "threshold")
    if t.shape not in ((), x.shape):
        raise ValueError(
            f"threshold must be a number or have shape {x.shape}, "
            f"got {t.shape}"
        )
    if np.min(t) < 0:
        raise ValueError(f"threshold must not be negative, got {np.min(t)}")

    size = np.maximum(np.abs(x) - t, 0)
    return np.asarray(np.sign(x) * size)  # eq. claim:prox-l1


def prox_group(
    x: ArrayLike,
    threshold: float,
    groups: Sequence[ArrayLike] | None = None,
) -> Array:
    """Move every group towards 0 by the threshold, and stop there.

    It is the proximal operator of threshold · Σ ‖x_G‖ over groups G.

    Args:
        x: any point, shape (n,).
        threshold: not negative.
        groups: the indices of each group; each index is in one group at
            most, and entries of no group stay. None: all entries are
            one group.

    Returns:
        max(1 − t / ‖x_G‖, 0) x_G in each group, shape (n,).

    Raises:
        TypeError: if x or threshold is not real, an index not whole.
        ValueError: if threshold is negative, or an index is outside
            of x or in two groups.

    Source:
        eq. `claim:prox-group` of this book; Yuan and Lin (2006).
    """
    x, t = check.vector(x), check.not_negative(threshold, "threshold")
    for G in indices_of(groups, x.size):
        size = norm(x[G])
        x[G] *= 0.0 if size <= t else 1 - t / size  # eq. claim:prox-group
    return x


def indices_of(groups: Sequence[ArrayLike] | None, n: int) -> list[np.ndarray]:
    """The groups as arrays of indices below n, none of them twice."""
    if groups is None:
        return [np.arange(n)]
    found = [
        check.whole_numbers(G, f"groups[{k}]").ravel()
        for k, G in enumerate(check.sequence(groups, "groups"))
    ]
    if not found:
        raise ValueError("groups must not be empty, got none")
    every = np.concatenate(found)
    if every.min() < 0 or every.max() >= n:
        raise ValueError(
            f"groups must hold indices from 0 to {n - 1}, got "
            f"{every.min()} to {every.max()}"
        )
    if np.unique(every).size < every.size:
        raise ValueError(
            f"groups must not overlap, got {every.size} indices of which "
            f"{np.unique(every).size} differ"
        )
    return found

"""Nelder and Mead's simplex: a minimum from comparisons of values alone.

Notation:
    S: the corners of the simplex, the best first, shape (n + 1, n).
    v: the values of f there, shape (n + 1,).
    c: the centre of all corners but the worst, shape (n,).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import numerical_rank
from derivable._validation import Array, ConvergenceError


def nelder_mead(
    f: Callable[[Array], Any],
    simplex: ArrayLike,
    *,
    tol: float = 1e-8,
    max_steps: int = 1000,
) -> Array:
    """Minimise f by moving the worst corner of a simplex.

    Args:
        f: x ↦ one number, for x of shape (n,); infinity is worse than
            every number.
        simplex: the first corners, shape (n + 1, n); they say how far to
            look, in the units of each variable.
        tol: stop when the extent of the simplex along each axis is at
            most tol times the first.
        max_steps: give up after so many steps.

    Returns:
        The simplex before each step and after the last, the best corner
        first, shape (T + 1, n + 1, n).

    Raises:
        TypeError: if a corner or a value is not real.
        ValueError: if the corners are not n + 1 or lie in a plane, a
            value is NaN, tol is not positive, or max_steps is negative.
        ConvergenceError: if the steps do not suffice.

    Source:
        Nelder and Mead (1965), with the ties of Lagarias, Reeds, Wright
        and Wright (1998).
    """
    check.function(f)
    S = check.matrix(simplex, "simplex")
    tol = check.positive(tol, "tol")
    max_steps = check.whole(max_steps, "max_steps")
    extent = _extent(S)
    v = np.array([_value(f, x) for x in S])
    kept: list[Array] = []

    while True:
        order = np.argsort(v, kind="stable")
        S, v = S[order], v[order]
        kept.append(S)
        if np.all(np.ptp(S, axis=0) <= tol * extent):
            return np.array(kept)
        if len(kept) > max_steps:
            share = np.max(np.ptp(S, axis=0) / extent)
            raise ConvergenceError(
                f"after {max_steps} steps the simplex still has {share:.3g} "
                f"> {tol:g} of its first extent"
            )
        S, v = _moved(f, S, v)


def _moved(
    f: Callable[[Array], Any], S: Array, v: Array
) -> tuple[Array, Array]:
    """Replace the worst corner by a better one, or shrink to the best."""
    c = S[:-1].mean(axis=0)

    def at(t: float) -> tuple[float, Array]:
        x = c + t * (c - S[-1])  # eq. def:simplex-move
        return _value(f, x), x

    new = at(1.0)
    if new[0] < v[0]:
        new = min(new, at(2.0), key=lambda pair: pair[0])
    elif not new[0] < v[-2]:
        outside = new[0] < v[-1]
        reached, new = min(new[0], v[-1]), at(0.5 if outside else -0.5)
        if new[0] > reached or (new[0] == reached and not outside):
            S = S[0] + (S - S[0]) / 2
            return S, np.append(v[0], [_value(f, x) for x in S[1:]])
    return np.vstack([S[:-1], new[1]]), np.append(v[:-1], new[0])


def _value(f: Callable[[Array], Any], x: Array) -> float:
    value = check.evaluated(f, x)
    if np.isnan(value):
        raise ValueError(f"f(x) must be a number, got nan at x = {x}")
    return value


def _extent(S: Array) -> Array:
    """The extent along each axis, if the corners span a volume."""
    rows, n = S.shape
    if rows != n + 1:
        raise ValueError(f"simplex must have {n + 1} corners, got {rows}")
    extent = np.asarray(np.ptp(S, axis=0))
    edges = (S[1:] - S[0]) / np.where(extent > 0, extent, 1.0)
    s = np.linalg.svd(edges, compute_uv=False)
    if (rank := numerical_rank(s, edges.shape)) < n:
        raise ValueError(
            f"simplex must have edges of rank {n}, got rank {rank}"
        )
    return extent

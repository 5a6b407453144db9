"""Sparse Jacobians: columns that share no row share a run.

Notation:
    P: the pattern, shape (m, n); true where J may be nonzero.
    J: the Jacobian, shape (m, n).
    v: the sum of the unit vectors of one colour, shape (n,).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._precision import EPS
from derivable._validation import Array
from derivable.calculus.autodiff import jvp


def color_columns(pattern: ArrayLike) -> NDArray[np.intp]:
    """Give each column a colour that no column it shares a row with has.

    Greedy, from left to right: each column takes the first colour that
    fits. The number of colours is at least the fullest row's; the least
    possible number is not always found.

    Args:
        pattern: nonzero where the Jacobian may be, shape (m, n).

    Returns:
        The colours, counted from 0, shape (n,).

    Raises:
        TypeError: if pattern is not real.
        ValueError: if pattern is no finite matrix.

    Source:
        Curtis, Powell and Reid (1974); eq. `claim:coloring`.
    """
    P = check.matrix(pattern, "pattern") != 0
    colors = np.empty(P.shape[1], dtype=np.intp)
    rows: list[NDArray[np.bool_]] = []  # of each colour, those in use
    for j, column in enumerate(P.T):
        fits = (c for c, used in enumerate(rows) if not (used & column).any())
        colors[j] = next(fits, len(rows))
        if colors[j] == len(rows):
            rows.append(column.copy())
        else:
            rows[colors[j]] |= column
    return colors


def sparse_jacobian(
    f: Callable[[Any], Any], x: ArrayLike, pattern: ArrayLike
) -> Array:
    """The Jacobian of f from one `jvp` for each colour of its columns.

    One more, along a random direction, tells whether the pattern covers
    all that is nonzero there. One missing entry is seen if it exceeds
    8 n √ε times the sum of its row in the pattern, ε the machine's;
    several could cancel, by a chance that is small.

    Args:
        f: function of a vector, written with NumPy, with values of
            shape (m,).
        x: where, shape (n,).
        pattern: nonzero where J may be, shape (m, n).

    Returns:
        J, zero outside the pattern, shape (m, n).

    Raises:
        TypeError: if f is not a function, or an input is not real.
        ValueError: if shapes do not match, J is not finite, or J is not
            negligible outside the pattern.

    Source:
        Curtis, Powell and Reid (1974); eq. `claim:coloring`.
    """
    check.function(f)
    x = check.vector(x)
    P = check.matrix(pattern, "pattern") != 0
    if P.shape[1] != len(x):
        raise ValueError(
            f"pattern must have {len(x)} columns, got {P.shape[1]}"
        )

    colors, J = color_columns(P), np.zeros(P.shape)
    for c in range(colors.max() + 1):
        v = colors == c
        rows, columns = np.nonzero(P & v)
        J[rows, columns] = _product(f, x, v, len(P))[rows]
    _refuse_missing(f, x, J)
    return J


def _product(f: Callable[[Any], Any], x: Array, v: ArrayLike, m: int) -> Array:
    """J v, shape (m,)."""
    Jv = check.real(jvp(f, x, np.asarray(v, dtype=float))[1], "J v")
    if Jv.shape != (m,):
        raise ValueError(f"f(x) must have shape {(m,)}, got {Jv.shape}")
    return Jv


def _refuse_missing(f: Callable[[Any], Any], x: Array, J: Array) -> None:
    """Compare J v with a run, for a v that hides no entry.

    A missing entry counts in place of another, or alone: its share is
    the difference of two entries of v, at least 1 / (4 n), or one.
    """
    n, rng = len(x), np.random.default_rng(0)
    v = 0.5 + (rng.permutation(n) + rng.uniform(0.0, 0.5, n)) / (2 * n)
    truth = _product(f, x, v, len(J))
    gap = np.abs(J @ v - truth)
    wrong = gap > np.sqrt(EPS) * (np.abs(J) @ v + np.abs(truth))
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ValueError(
            "pattern must cover every nonzero entry, got one outside in "
            f"row {i}: J v is {truth[i]:.6g}, the pattern is off by "
            f"{gap[i]:.2g}"
        )

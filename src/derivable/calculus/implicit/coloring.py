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
    all that is nonzero there, and not negligible (below about √ε)
    beside the other entries of its row.

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
    """Compare J v with a run, for a v that hides no entry."""
    v = np.random.default_rng(0).uniform(0.5, 1.0, len(x))
    truth = _product(f, x, v, len(J))
    gap = np.abs(J @ v - truth)
    wrong = gap > np.sqrt(EPS) * (np.abs(J) @ v + np.abs(truth))
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ValueError(
            "pattern must cover every nonzero entry, got one outside in "
            f"row {i}: J v is {truth[i]:.6g}, the pattern gives "
            f"{J[i] @ v:.6g}"
        )

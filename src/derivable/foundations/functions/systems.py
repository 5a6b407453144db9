"""Linear equations in many unknowns: none, one or many solutions.

Notation:
    A, b: the equations A x = b, shapes (m, n) and (m,).
    B, c: the same with rows and columns brought to one size.
    r: the rank of A.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array
from derivable.linalg import combination, pseudo_inverse, rank, subspaces


@dataclass(frozen=True)
class Solutions:
    """All x with A x = b: the points x + directions @ t, for any t.

    Attributes:
        count: "none", "one" or "infinitely many".
        x: one solution, shape (n,), or None.
        directions: ways to move on without leaving the solutions, one a
            column, independent and of length 1, shape (n, k); k = 0
            unless there are infinitely many.
    """

    count: str
    x: Array | None
    directions: Array

    def __bool__(self) -> bool:
        """Refused: one solution and many are both true."""
        raise TypeError("solutions are no verdict: compare `count`")


def solutions(
    A: ArrayLike, b: ArrayLike, *, rtol: float | None = None
) -> Solutions:
    """All solutions of a system of linear equations.

    Decided with rows, then columns, brought to one size: whether there
    is a solution does not depend on the units of the equations, and
    little on those of the unknowns.

    Args:
        A: one equation a row, shape (m, n).
        b: right-hand sides, shape (m,).
        rtol: how far entries can be trusted, relative to their rows and
            columns; default max(m, n) ε for the rank, where ε = 2⁻⁵² is
            the step from 1 to the next float, and 10 times that for the
            equations, as in `combination`.

    Returns:
        How many there are, and which.

    Raises:
        TypeError: if A or b is not real.
        ValueError: if A is not a finite matrix, b has not one entry for
            each row, rtol is not in [0, 1), or x or a direction is too
            large for a float64.

    Source:
        eq. `claim:solution-set` of this book.
    """
    A, b = check.matrix(A), check.vector(b, "b")
    m, n = A.shape
    if b.shape != (m,):
        raise ValueError(f"b must have shape ({m},), got {b.shape}")

    if rtol is not None:
        rtol = check.fraction(rtol, "rtol")

    rows, e = precision.evened(A, 1)
    B, f = precision.evened(rows, 0)
    c, g = precision.scaled(precision.unscaled(b, -e[:, 0], "b / A"))
    r = rank(B, rtol=rtol)
    x = combination(B, c, rtol=rtol).weights
    x += combination(B, c - B @ x, rtol=rtol).weights  # refined once
    if r < m and not _satisfied(B, c, x, rtol):
        return Solutions("none", None, np.zeros((n, 0)))
    x = precision.unscaled(x, g - f[0], "x")
    if r == n:
        return Solutions("one", x, np.zeros((n, 0)))
    return Solutions("infinitely many", x, _directions(B, f.T, rtol))


def _satisfied(B: Array, c: Array, x: Array, rtol: float | None) -> bool:
    """Whether each equation holds, relative to its own terms.

    NB: x has rounding errors too: one that should be 0 is not, and a step
    of refinement leaves the square of what the largest term makes.
    """
    tol = 10 * precision.rank_tolerance(B.shape) if rtol is None else rtol
    off, size = np.abs(c - B @ x), np.abs(B) @ np.abs(x) + np.abs(c)
    errors = size + tol * np.max(size)
    moved = np.abs(pseudo_inverse(B, rtol=rtol)) @ errors
    return bool(np.all(off <= tol * (size + np.abs(B) @ moved)))


def _directions(B: Array, f: Array, rtol: float | None) -> Array:
    """Null vectors of B as changes of the unknowns, zᵢ / 2ᶠⁱ."""
    Z = subspaces(B, rtol=rtol).null
    Z[np.abs(Z) <= 10 * precision.rank_tolerance(B.shape)] = 0
    D, _ = precision.evened(precision.unscaled(Z, -f, "directions"), 0)
    lead = np.argmax(np.abs(D) > np.max(np.abs(D), axis=0) / 2, axis=0)
    sign = np.sign(D[lead, np.arange(D.shape[1])])  # NB: SVD leaves it open
    return np.asarray(sign * D / np.linalg.norm(D, axis=0))

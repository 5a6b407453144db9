"""QR by reflections.

Notation:
    x: a vector to be reflected, shape (m,).
    v: unit normal of the mirror, shape (m,); H = I − 2 v vᵀ.
    alpha: H x = α e₁, with |α| = ‖x‖.
    Q, R: A = Q R, orthonormal columns and upper triangle.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array
from derivable.linalg.least_squares._units import (
    back_substitution,
    column_units,
    independent,
    system,
)


def householder(x: ArrayLike) -> tuple[Array, float]:
    """The mirror that sends x to a multiple of the first axis.

    Args:
        x: vector, shape (m,).

    Returns:
        v of length 1, shape (m,), and α with (I − 2 v vᵀ) x = α e₁. The
        sign of α is opposite to that of x₁, so that nothing cancels.
        For x = 0 both are zero: nothing is to be reflected.

    Raises:
        TypeError: if x is not real.
        ValueError: if x is not a finite vector, or ‖x‖ is too large for
            a float64.

    Source:
        Householder (1958); eq. `claim:reflector` of this book.
    """
    x, e = precision.scaled(check.vector(x))

    alpha = -np.copysign(precision.norm(x), x[0])
    v = x.copy()
    v[0] -= alpha  # NB: the signs are opposite, nothing cancels
    length = precision.norm(v)
    alpha = float(precision.unscaled(alpha, e, "‖x‖"))
    return (v / length if length else v), alpha  # eq. claim:reflector


def qr(A: ArrayLike) -> tuple[Array, Array]:
    """Orthonormal columns times an upper triangle, by reflections.

    Args:
        A: any matrix, shape (m, n), with k = min(m, n).

    Returns:
        Q, shape (m, k), and R, shape (k, n), so that A = Q R. If m ≥ n,
        a column that depends on those before it shows as rounding on
        the diagonal of R if they are well conditioned; in general take
        singular values. If m < n, that the columns depend does not
        show. The signs of the diagonal are as they come.

    Raises:
        TypeError: if A is not real.
        ValueError: if A is not a finite matrix, or R is too large for a
            float64.

    Source:
        Householder (1958); Higham (2002), chapter 19.
    """
    R, e = precision.evened(check.matrix(A), 0)
    m, n = R.shape
    k, normals = min(m, n), []
    for j in range(k):
        v, _ = householder(R[j:, j])
        R[j:, j:] -= np.outer(2 * v, v @ R[j:, j:])  # eq. def:reflector
        R[j + 1 :, j] = 0  # up to rounding they are
        normals.append(v)

    Q = np.eye(m, k)
    for j, v in reversed([*enumerate(normals)]):
        Q[j:, j:] -= np.outer(2 * v, v @ Q[j:, j:])  # eq. def:reflector
    return Q, precision.unscaled(R[:k], e, "R")


def qr_lstsq(A: ArrayLike, b: ArrayLike) -> Array:
    """Least squares with independent columns, by R x = Qᵀ b.

    Q is not formed: b is reflected along with A. Rows go by size, largest
    first, and of the columns, brought to the size that they have in a
    typical row, the longest of what is left comes next. So a small row
    keeps its digits beside large ones, whatever the order of rows and
    columns in A.

    Args:
        A: independent columns, shape (m, n) with m ≥ n.
        b: right-hand side, shape (m,).

    Returns:
        The only minimiser of ‖A x − b‖, shape (n,).

    Raises:
        TypeError: if A or b is not real.
        ValueError: if the columns are dependent to working precision,
            b has not one entry for each row, an entry is not finite, or
            x is too large for a float64.

    Source:
        Golub (1965); eq. `claim:qr-solution` of this book; the order of
        rows and columns: Higham (2002), chapter 19.
    """
    A, b = system(A, b)
    independent(A)

    n, e, (b, f) = A.shape[1], column_units(A), precision.scaled(b)
    A, place = np.ldexp(A, -e), np.arange(n)
    order = np.argsort(-np.max(np.abs(A), axis=1), kind="stable")
    R = np.column_stack([A, b])[order]
    for j in range(n):
        rest = precision.scaled(R[j:, j:n])[0]
        swap = [j, j + int(np.argmax(np.linalg.norm(rest, axis=0)))]
        R[:, swap], place[swap] = R[:, swap[::-1]], place[swap[::-1]]
        v, _ = householder(R[j:, j])
        R[j:, j:] -= np.outer(2 * v, v @ R[j:, j:])  # eq. def:reflector
    x = np.empty(n)
    x[place] = back_substitution(R[:n, :n], R[:n, n])
    return precision.unscaled(x, f - e, "x")

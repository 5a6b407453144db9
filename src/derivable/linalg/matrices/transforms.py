"""Linear and affine maps, and a test of linearity.

Notation:
    theta: an angle in radians, counter-clockwise from the first axis.
    A: the matrix of a linear map, shape (m, n).
    b: a translation, shape (m,).
    M: an affine map in homogeneous coordinates, shape (m + 1, n + 1).
    X: points, one a row, shape (k, n).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array

HEIGHT = 1e-10  # how far rounding may take a lifted point off height 1


def rotation(theta: float) -> Array:
    """Matrix that turns the plane by theta about the origin.

    Args:
        theta: angle in radians, counter-clockwise.

    Returns:
        [[cos θ, −sin θ], [sin θ, cos θ]], shape (2, 2).

    Raises:
        TypeError: if theta is not real.
        ValueError: if theta is not one finite number.

    Source:
        eq. `claim:rotation` of this book.
    """
    theta = check.number(theta, "theta")
    c, s = np.cos(theta), np.sin(theta)
    return np.array([[c, -s], [s, c]])


def reflection(theta: float) -> Array:
    """Matrix that mirrors the plane in the line at angle theta.

    Args:
        theta: angle of the mirror through the origin, in radians.

    Returns:
        [[cos 2θ, sin 2θ], [sin 2θ, −cos 2θ]], shape (2, 2).

    Raises:
        TypeError: if theta is not real.
        ValueError: if theta is not one finite number.

    Source:
        eq. `claim:reflection` of this book.
    """
    theta = check.number(theta, "theta")
    c, s = np.cos(theta), np.sin(theta)  # NB: 2 θ itself may overflow
    double_c, double_s = (c - s) * (c + s), 2 * s * c
    return np.array([[double_c, double_s], [double_s, -double_c]])


def shear(k: float) -> Array:
    """Matrix that moves a point at height y sideways by k y.

    Args:
        k: how far a point at height 1 moves.

    Returns:
        [[1, k], [0, 1]], shape (2, 2).

    Raises:
        TypeError: if k is not real.
        ValueError: if k is not one finite number.

    Source:
        eq. `def:shear` of this book.
    """
    return np.array([[1.0, check.number(k, "k")], [0.0, 1.0]])


def projection_matrix(u: ArrayLike) -> Array:
    """Matrix that projects orthogonally onto the line along u.

    Args:
        u: direction of the line, shape (n,); its length does not matter.

    Returns:
        u uᵀ / (uᵀ u), shape (n, n).

    Raises:
        TypeError: if u is not real.
        ValueError: if u is no vector, not finite, or zero.

    Source:
        eq. `claim:projection-matrix` of this book.
    """
    u = check.vector(u, "u")
    largest = np.max(np.abs(u))
    if largest == 0:
        raise ValueError("u must not be zero: it names no line")

    u = u / largest  # NB: squares of u itself may overflow
    P: Array = np.outer(u, u) / (u @ u)
    return P


def affine(A: ArrayLike, b: ArrayLike) -> Array:
    """Matrix of x ↦ A x + b in homogeneous coordinates.

    Args:
        A: the linear part, shape (m, n).
        b: the translation, shape (m,).

    Returns:
        [[A, b], [0, 1]], shape (m + 1, n + 1).

    Raises:
        TypeError: if A or b is not real.
        ValueError: if A is no finite matrix or b has not its height.

    Source:
        eq. `def:homogeneous` of this book.
    """
    A, b = check.matrix(A), check.vector(b, "b")
    m, n = A.shape
    if b.shape != (m,):
        raise ValueError(f"b must have shape ({m},), got {b.shape}")

    M = np.zeros((m + 1, n + 1))
    M[:m, :n], M[:m, n], M[m, n] = A, b, 1
    return M


def apply_affine(M: ArrayLike, X: ArrayLike) -> Array:
    """Move points by an affine map in homogeneous coordinates.

    Args:
        M: the map as `affine` returns it, shape (m + 1, n + 1).
        X: points, one a row, shape (k, n), or one point, shape (n,).

    Returns:
        The moved points, shape (k, m) or (m,).

    Raises:
        TypeError: if M or X is not real.
        ValueError: if the last row of M is not 0, …, 0, 1 up to
            rounding, the points have not n coordinates, or on overflow.

    Source:
        eq. `def:homogeneous` of this book.
    """
    M, X = check.matrix(M, "M"), check.real(X, "X")
    n = M.shape[1] - 1
    if X.ndim not in {1, 2} or X.shape[-1] != n:
        raise ValueError(f"X must have shape (k, {n}), got {X.shape}")
    _keeps_height(M[-1], X)

    ones = np.ones((*X.shape[:-1], 1))
    lifted = np.concatenate([X, ones], axis=-1)
    with np.errstate(over="ignore", invalid="ignore"):
        return check.real(lifted @ M[:-1].T, "the moved points")


def _keeps_height(last: Array, X: Array) -> None:
    """Refuse a last row that takes a point off height 1."""
    with np.errstate(over="ignore"):
        lift = np.max(np.sum(np.abs(X * last[:-1]), axis=-1))
    if not lift + abs(last[-1] - 1) <= HEIGHT:
        wanted = np.eye(len(last))[-1]
        raise ValueError(f"the last row of M must be {wanted}, got {last}")


def linearity_gap(
    f: Callable[[Array], ArrayLike],
    n: int,
    *,
    rng: np.random.Generator,
    trials: int = 20,
) -> tuple[float, float]:
    """How far f is from additive and from homogeneous, at random.

    Args:
        f: function of a vector of shape (n,).
        n: length of its argument.
        rng: draws the vectors u, v and the numbers c.
        trials: how many are drawn.

    Returns:
        The largest ‖f(u + v) − f(u) − f(v)‖ and ‖f(c u) − c f(u)‖, each
        over the sum of the lengths of its terms. Rounding alone leaves
        about 1e-16; one large value proves that f is not linear, small
        ones prove nothing.

    Raises:
        TypeError: if f is not a function, rng no `Generator`, n or
            trials no whole number, or f(x) not real.
        ValueError: if n or trials is not positive, or f(x) is empty, not
            finite, or of more than one shape.

    Source:
        eq. `def:linear-map` of this book.
    """
    check.function(f)
    n = check.whole(n, "n", least=1)
    trials = check.whole(trials, "trials", least=1)
    rng = check.generator(rng)

    additive = homogeneous = 0.0
    for _ in range(trials):
        u, v, c = rng.normal(size=n), rng.normal(size=n), rng.normal()
        f_u, f_v, f_sum, f_scaled = _values(f, u, v, u + v, c * u)
        additive = max(additive, _gap(f_sum, f_u, f_v))
        homogeneous = max(homogeneous, _gap(f_scaled, c * f_u))
    return additive, homogeneous


def _values(f: Callable[[Array], ArrayLike], *points: Array) -> Array:
    """What f makes of copies of the points, in units of the largest."""
    values = [check.real(f(x.copy()), "f(x)") for x in points]
    shapes = {value.shape for value in values}
    if len(shapes) > 1:
        raise ValueError(f"f(x) must have one shape, got {sorted(shapes)}")
    return precision.scaled(values)[0]


def _gap(total: Array, *terms: Array) -> float:
    """How far the terms are from the total, over the sum of lengths."""
    size = sum(precision.norm(t) for t in (total, *terms))
    off = precision.norm(total - sum(terms))
    return off / size if size else 0.0

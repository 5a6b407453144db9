"""Products, lengths and angles of vectors.

Notation:
    u, v: vectors, shape (n,).
    p: which norm, a number of at least 1 or infinity.
    θ: the angle between u and v, in radians.
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array


def dot(u: ArrayLike, v: ArrayLike) -> float:
    """The sum of products of entries, Σ uᵢ vᵢ.

    Args:
        u: vector, shape (n,).
        v: vector, shape (n,).

    Returns:
        u · v, a number.

    Raises:
        TypeError: if u or v is not real.
        ValueError: if the shapes differ, an entry is not finite, or the
            sum exceeds the largest float.

    Source:
        eq. `def:dot` of this book.
    """
    u, v = _pair(u, v)

    (a, e), (b, f) = np.frexp(u), np.frexp(v)  # u = a 2ᵉ with |a| < 1
    return _sum_scaled(a * b, e + f, "u · v")


def norm(x: ArrayLike, p: float = 2) -> float:
    """The length of a vector, (Σ |xᵢ|ᵖ)^(1/p).

    Args:
        x: vector, shape (n,).
        p: 1, 2, infinity or any number of at least 1.

    Returns:
        ‖x‖ₚ; for p = ∞ the largest |xᵢ|.

    Raises:
        TypeError: if x or p is not real.
        ValueError: if x is not a finite vector, p < 1, or the norm
            exceeds the largest float.

    Source:
        eq. `def:p-norm` of this book.
    """
    x, p = check.vector(x), _order(p)

    largest = float(np.max(np.abs(x)))
    if largest == 0 or p == math.inf:
        return largest
    # NB: |xᵢ|ᵖ itself may overflow or vanish
    total = float(np.sum(np.abs(x / largest) ** p))
    return _in_range(largest * total ** (1 / p), "the norm of x")


def distance(u: ArrayLike, v: ArrayLike, p: float = 2) -> float:
    """How far apart two vectors are, ‖u − v‖ₚ.

    Args:
        u: vector, shape (n,).
        v: vector, shape (n,).
        p: which norm; see `norm`.

    Returns:
        The length of the difference.

    Raises:
        TypeError: if u, v or p is not real.
        ValueError: if the shapes differ, an entry is not finite, p < 1,
            or the distance exceeds the largest float.

    Source:
        eq. `def:p-distance` of this book.
    """
    u, v = _pair(u, v)

    with np.errstate(over="ignore"):
        gap = check.vector(u - v, "u − v")
    return norm(gap, p)


def unit(x: ArrayLike, name: str = "x") -> Array:
    """The vector of length 1 in the direction of x.

    Args:
        x: vector, shape (n,), not zero.
        name: what an error calls x.

    Returns:
        x / ‖x‖, shape (n,).

    Raises:
        TypeError: if x is not real.
        ValueError: if x is zero or not a finite vector.

    Source:
        eq. `def:unit` of this book.
    """
    x = check.vector(x, name)
    largest = np.max(np.abs(x))
    if largest == 0:
        raise ValueError(f"{name} must not be zero: it has no direction")

    x /= largest
    return np.asarray(x / np.sqrt(np.sum(x**2)))


def cosine_similarity(u: ArrayLike, v: ArrayLike) -> float:
    """The cosine of the angle between two vectors.

    Args:
        u: vector, shape (n,), not zero.
        v: vector, shape (n,), not zero.

    Returns:
        u · v / (‖u‖ ‖v‖), from −1 to 1.

    Raises:
        TypeError: if u or v is not real.
        ValueError: if u or v is zero or not a finite vector, or the
            shapes differ.

    Source:
        eq. `def:cosine` of this book.
    """
    u, v = _pair(u, v)

    cosine = float(np.sum(unit(u, "u") * unit(v, "v")))
    return min(1.0, max(-1.0, cosine))  # rounding may lead outside


def angle(u: ArrayLike, v: ArrayLike) -> float:
    """The angle between two vectors, right to a few ε.

    Args:
        u: vector, shape (n,), not zero.
        v: vector, shape (n,), not zero.

    Returns:
        θ in radians, from 0 to π.

    Raises:
        TypeError: if u or v is not real.
        ValueError: if u or v is zero or not a finite vector, or the
            shapes differ.

    Source:
        eq. `claim:half-angle` of this book.
    """
    u, v = _pair(u, v)

    u, v = unit(u, "u"), unit(v, "v")
    return 2 * math.atan2(norm(u - v), norm(u + v))


def projection(u: ArrayLike, v: ArrayLike) -> Array:
    """The multiple of v that is nearest to u.

    Args:
        u: vector to project, shape (n,).
        v: vector to project onto, shape (n,), not zero.

    Returns:
        (u · v / v · v) v, shape (n,).

    Raises:
        TypeError: if u or v is not real.
        ValueError: if v is zero, the shapes differ, or an entry is not
            finite.

    Source:
        eq. `claim:projection-line` of this book.
    """
    u, v = _pair(u, v)

    v = unit(v, "v")
    return np.asarray(dot(u, v) * v)


def cross(u: ArrayLike, v: ArrayLike) -> Array:
    """A vector at right angles to two vectors of space.

    Args:
        u: vector, shape (3,).
        v: vector, shape (3,).

    Returns:
        u × v, shape (3,); its length is the area of the parallelogram.

    Raises:
        TypeError: if u or v is not real.
        ValueError: if u or v has another shape, or an entry of them or
            of the product is not finite.

    Source:
        eq. `def:cross` of this book.
    """
    u, v = _pair(u, v)
    if len(u) != 3:
        raise ValueError(f"u and v must have 3 entries, got {len(u)}")

    (a, e), (b, f) = np.frexp(u), np.frexp(v)  # u = a 2ᵉ with |a| < 1
    i, j = [1, 2, 0], [2, 0, 1]
    terms = np.stack([a[i] * b[j], -a[j] * b[i]], axis=1)
    exponents = np.stack([e[i] + f[j], e[j] + f[i]], axis=1)
    return np.array(
        [_sum_scaled(terms[k], exponents[k], "u × v") for k in range(3)]
    )


def _pair(u: ArrayLike, v: ArrayLike) -> tuple[Array, Array]:
    u, v = check.vector(u, "u"), check.vector(v, "v")
    if u.shape != v.shape:
        raise ValueError(
            f"u and v must have one shape, got {u.shape} and {v.shape}"
        )
    return u, v


def _sum_scaled(a: Array, e: NDArray[np.intc], name: str) -> float:
    """Σ aᵢ 2ᵉⁱ, where a term alone may leave float64."""
    top = int(np.max(e, where=a != 0, initial=np.min(e)))
    total = float(np.sum(np.ldexp(a, e - top)))
    with np.errstate(over="ignore"):
        return _in_range(float(np.ldexp(total, top)), name)


def _order(p: float) -> float:
    if isinstance(p, float | np.floating) and p == math.inf:
        return math.inf
    value = check.number(p, "p")
    if value < 1:
        raise ValueError(f"p must be at least 1, got {value}")
    return value


def _in_range(value: float, name: str) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{name} must be finite, got {value}: scale first")
    return value

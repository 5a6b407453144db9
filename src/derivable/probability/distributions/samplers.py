"""Random numbers of any distribution from uniform ones.

Notation:
    u, v: uniform numbers.
    F⁻¹: a quantile function.
    z: standard normal numbers.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array


def lengths(size: int | tuple[int, ...]) -> tuple[int, ...]:
    """The shape that a number or a tuple of numbers asks for."""
    if isinstance(size, tuple | list):
        return tuple(check.counts(size, "size"))
    return (check.whole(size, "size"),)


def uniforms(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Uniform numbers of which none is exactly 0 or 1."""
    check.generator(rng)
    return np.asarray(np.finfo(np.float64).tiny + rng.random(shape))


def inverse_transform(
    quantile: Callable[[Array], ArrayLike],
    rng: np.random.Generator,
    size: int | tuple[int, ...] = (),
) -> Array:
    """Draws F⁻¹(u) with u uniform on (0, 1).

    Args:
        quantile: the quantile function F⁻¹, element by element.
        rng: source of randomness.
        size: how many, or a shape; by default one number.

    Returns:
        Independent draws, shape `size`.

    Raises:
        TypeError: if quantile is no function, rng no Generator, or size
            no whole number.
        ValueError: if size is negative, or quantile returns another
            shape or what is not finite.

    Source:
        eq. `claim:inverse-transform` of this book.
    """
    check.function(quantile, "quantile")
    shape = lengths(size)
    u = uniforms(rng, shape)
    if u.size == 0:
        return u

    draws = check.real(quantile(u), "quantile(u)")
    return check.of_shape(draws, shape, "quantile(u)")[()]


def box_muller(u: ArrayLike, v: ArrayLike) -> tuple[Array, Array]:
    """Two independent standard normal numbers from two uniform ones.

    The point (z₁, z₂) lies at the distance √(−2 ln u) from the origin,
    in the direction 2πv.

    Args:
        u: numbers in (0, 1], any shape.
        v: numbers in [0, 1], shape of u.

    Returns:
        z₁ and z₂, each of the shape of u.

    Raises:
        TypeError: if u or v is not real.
        ValueError: if shapes differ, or an entry is out of its range.

    Source:
        Box and Muller (1958); eq. `def:box-muller` of this book.
    """
    u = check.real(u, "u")
    v = check.real(check.of_shape(v, u.shape, "v"), "v")
    if np.any((u <= 0) | (u > 1)):
        raise ValueError(
            f"u must lie in (0, 1], got {np.min(u)} … {np.max(u)}"
        )
    if np.any((v < 0) | (v > 1)):
        raise ValueError(
            f"v must lie in [0, 1], got {np.min(v)} … {np.max(v)}"
        )

    r, theta = np.sqrt(-2 * np.log(u)), 2 * np.pi * v  # eq. def:box-muller
    return r * np.cos(theta), r * np.sin(theta)  # eq. def:box-muller

"""A loss of many parameters, seen along lines and in planes.

Notation:
    theta: parameters θ, shape (p,).
    u, v: directions, shape (p,).
    s, t: coordinates along them.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import norm
from derivable._validation import Array
from derivable.optimization.landscapes.network import Network


def loss_line(
    f: Callable[[Array], ArrayLike],
    start: ArrayLike,
    end: ArrayLike,
    *,
    num: int = 51,
) -> Array:
    """The values of f on the straight line between two points.

    Args:
        f: function of a vector that returns one number.
        start: θ at t = 0, shape (p,).
        end: θ at t = 1, shape (p,).
        num: number of points, ends included, at least 2.

    Returns:
        f((1 − t) start + t end) for equally spaced t, shape (num,).

    Raises:
        TypeError: if f is not a function, or an end is not real.
        ValueError: if the ends have different shapes, or num is below 2.
    """
    check.function(f)
    a, b = check.vector(start, "start"), check.vector(end, "end")
    _same(a, b, "end")
    check.whole(num, "num", least=2)

    t = np.linspace(0, 1, num)[:, None]
    values = [check.evaluated(f, x) for x in (1 - t) * a + t * b]
    return check.real(values, "f on the line")


def loss_plane(
    f: Callable[[Array], ArrayLike],
    centre: ArrayLike,
    directions: tuple[ArrayLike, ArrayLike],
    *,
    span: float = 1.0,
    num: int = 25,
) -> Array:
    """The values of f on a square patch of a plane.

    Args:
        f: function of a vector that returns one number.
        centre: θ in the middle, shape (p,).
        directions: u and v, each of shape (p,).
        span: the coordinates run from −span to span, positive.
        num: points on a side, at least 2.

    Returns:
        f(centre + s u + t v), shape (num, num); t grows with the row, s
        with the column.

    Raises:
        TypeError: if f is not a function, or an array is not real.
        ValueError: if shapes differ, span is not positive or num below 2.
    """
    check.function(f)
    theta = check.vector(centre, "centre")
    u, v = pair_of(directions, "directions")
    _same(theta, u, "a direction")
    _same(theta, v, "a direction")
    check.whole(num, "num", least=2)

    r = np.linspace(-1, 1, num) * check.positive(span, "span")
    with np.errstate(over="ignore", invalid="ignore"):
        points = [[theta + s * u + t * v for s in r] for t in r]
    check.real(points, "the plane")
    values = [[check.evaluated(f, x) for x in row] for row in points]
    return check.real(values, "f on the plane")


def filter_normalise(
    network: Network, theta: ArrayLike, direction: ArrayLike
) -> Array:
    """A direction whose every filter is as long as that of θ.

    Args:
        network: says which entries belong to a filter.
        theta: parameters, shape (p,).
        direction: shape (p,), no filter of it zero.

    Returns:
        The direction, each filter d scaled to d ‖θ_filter‖ / ‖d‖.

    Raises:
        TypeError: if theta or direction is not real.
        ValueError: if shapes do not match, or a filter of the direction
            is zero.

    Source:
        Li et al. (2018), section 4. NB: they leave biases where they are;
        here a bias belongs to the filter of its unit.
    """
    check.instance(network, Network, "network")
    theta = check.vector(theta, "theta")
    d = check.vector(direction, "direction")
    network.unpack(theta)
    _same(theta, d, "direction")

    for at in network.filters():
        length = norm(d[at])
        if length == 0:
            raise ValueError(f"a filter must not be zero, got zero at {at}")
        wanted = check.number(norm(theta[at]), "the length of a filter")
        d[at] = d[at] / length * wanted
    return d


def pair_of(values: object, name: str) -> tuple[Array, Array]:
    """Two vectors, or an error that says how many were given."""
    given = check.sequence(values, name)
    if len(given) != 2:
        raise ValueError(f"{name} must be two vectors, got {len(given)}")
    return check.vector(given[0], name), check.vector(given[1], name)


def _same(a: Array, b: Array, name: str) -> None:
    if a.shape != b.shape:
        raise ValueError(f"{name} must have shape {a.shape}, got {b.shape}")

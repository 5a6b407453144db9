"""Ways from one trained network to another.

Notation:
    a, b: parameters of the two networks, shape (p,).
    c: control point of the curve, shape (p,).
    t: where on the way, from 0 to 1.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import scaled
from derivable._validation import Array
from derivable.optimization.first_order import Optimizer, minimize
from derivable.optimization.landscapes.matching import assignment
from derivable.optimization.landscapes.network import Network
from derivable.optimization.landscapes.slices import pair_of
from derivable.optimization.problem import Path, Problem


def match_units(network: Network, a: ArrayLike, b: ArrayLike) -> Array:
    """The network b with its hidden units in the order that suits a.

    A permutation of hidden units does not change the function. This one
    maximises the inner product of the parameters with a, and so brings b
    as near to a as a permutation can.

    Args:
        network: its shape.
        a: parameters that stay, shape (p,).
        b: parameters whose units are permuted, shape (p,).

    Returns:
        The permuted b, shape (p,).

    Raises:
        TypeError: if a or b is not real.
        ValueError: if one has another shape.

    Source:
        Ainsworth et al. (2023), section 3.2.
    """
    check.instance(network, Network, "network")
    a, b = check.vector(a, "a"), check.vector(b, "b")
    one, two = (np.vstack(network.unpack(x)[:3]) for x in (a, b))

    # Column j of each holds all that belongs to unit j.
    order = assignment(-(scaled(one)[0].T @ scaled(two)[0]))
    return np.concatenate([two[:, order].ravel(), b[-1:]])


def loss_barrier(values: ArrayLike) -> float:
    """How far a way rises above the straight line between its ends.

    Args:
        values: losses at equally spaced points of the way, shape (m,).

    Returns:
        The largest difference, at least 0.

    Raises:
        TypeError: if values are not real.
        ValueError: if they are no vector or fewer than 2.

    Source:
        Frankle et al. (2020), section 2, for the name.
    """
    v = check.vector(values, "values")
    if len(v) < 2:
        raise ValueError(f"values must be at least 2, got {len(v)}")
    y, e = scaled(v)
    height = np.max(y - np.linspace(y[0], y[-1], len(y)))
    with np.errstate(over="ignore"):
        return check.number(np.ldexp(height, e), "the barrier")


def bezier(a: ArrayLike, c: ArrayLike, b: ArrayLike, t: ArrayLike) -> Array:
    """Points (1 − t)² a + 2 t (1 − t) c + t² b of a curve from a to b.

    Args:
        a: start, shape (p,).
        c: control point, shape (p,).
        b: end, shape (p,).
        t: where, shape (m,).

    Returns:
        The points, shape (m, p).

    Raises:
        TypeError: if an argument is not real.
        ValueError: if the points have different shapes.
    """
    a, c, b = check.vector(a, "a"), check.vector(c, "c"), check.vector(b, "b")
    if not a.shape == c.shape == b.shape:
        raise ValueError(
            f"a, c and b must have one shape, "
            f"got {a.shape}, {c.shape} and {b.shape}"
        )
    s = check.vector(t, "t")[:, None]
    with np.errstate(over="ignore", invalid="ignore"):
        way = (1 - s) ** 2 * a + 2 * s * (1 - s) * c + s**2 * b
    return check.real(way, "the curve")


def train_bezier(
    problem: Problem,
    ends: tuple[ArrayLike, ArrayLike],
    optimizer: Optimizer,
    *,
    num_steps: int = 200,
    num_points: int = 9,
) -> Path:
    """Bend the way between two points until the loss along it is low.

    The mean loss over points of the curve is minimised in its control
    point, which starts in the middle of the straight line.

    Args:
        problem: the loss, in θ of shape (p,).
        ends: a and b, each of shape (p,).
        optimizer: the rule for the control point.
        num_steps: how many steps.
        num_points: at how many t, the middles of equal intervals.

    Returns:
        The path of control points, shape (num_steps + 1, p), with the
        mean loss along the curve.

    Raises:
        TypeError: if an end is not real.
        ValueError: if shapes differ, or num_points is below 1.

    Source:
        Garipov et al. (2018), section 3.
    """
    check.instance(problem, Problem, "problem")
    check.instance(optimizer, Optimizer, "optimizer")
    a, b = pair_of(ends, "ends")
    check.whole(num_points, "num_points", least=1)
    t = (np.arange(num_points) + 0.5) / num_points
    share = 2 * t * (1 - t)  # of c in a point of the curve

    def f(c: Array) -> float:
        return float(np.mean([problem.f(x) for x in bezier(a, c, b, t)]))

    def gradient(c: Array) -> Array:
        g = [problem.gradient(x) for x in bezier(a, c, b, t)]
        return np.asarray(share @ np.array(g) / num_points)

    way = Problem(f, gradient)
    return minimize(way, a / 2 + b / 2, optimizer, num_steps=num_steps)

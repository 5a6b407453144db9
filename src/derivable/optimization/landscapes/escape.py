"""How many steps a method needs to leave a saddle.

Notation:
    lam: size of the negative curvature, |λ|.
    alpha, beta: learning rate α and momentum β.
    epsilon: offset ε of the start along the way down.
    r: the radius beyond which the saddle is left.
    s: the growth factor, a root of s² − (1 + β + α|λ|) s + β.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import ConvergenceError
from derivable.errors import DivergenceError
from derivable.optimization.first_order import Optimizer, minimize
from derivable.optimization.problem import Problem


def growth_factor(
    curvature: float, learning_rate: float, *, beta: float = 0.0
) -> float:
    """By what one step multiplies the offset, in the long run.

    Args:
        curvature: the negative eigenvalue λ of the Hessian.
        learning_rate: α, positive.
        beta: momentum β in [0, 1); 0 is gradient descent.

    Returns:
        The larger root s of s² − (1 + β + α|λ|) s + β; it is 1 + α|λ|
        without momentum.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if the curvature is not negative, the rate is not
            positive, or beta does not lie in [0, 1).

    Source:
        eq. `claim:momentum-growth` of this book.
    """
    return 1 + _growth(curvature, learning_rate, beta)


def _growth(curvature: float, learning_rate: float, beta: float) -> float:
    """The growth factor minus 1, to all digits however small it is."""
    lam = check.number(curvature, "curvature")
    if lam >= 0:
        raise ValueError(f"curvature must be negative, got {curvature}")
    alpha = check.positive(learning_rate, "learning_rate")
    beta = check.fraction(beta, "beta")
    x = check.number(-alpha * lam, "learning_rate times curvature")

    # With s = 1 + u the polynomial is u² + (1 − β − x) u − x.
    root = math.hypot(1 - beta, math.sqrt(x) * math.sqrt(x + 2 + 2 * beta))
    return x / 2 * (1 + (x + 2 + 2 * beta) / (root + 1 - beta))


def predicted_escape_time(
    offset: float,
    *,
    curvature: float,
    learning_rate: float,
    radius: float = 1.0,
    beta: float = 0.0,
) -> float:
    """The number of steps until the offset has grown to the radius.

    Args:
        offset: ε, where the run starts along the eigenvector, not zero.
        curvature: the negative eigenvalue λ.
        learning_rate: α, positive.
        radius: r, at least |ε|.
        beta: momentum β in [0, 1), with velocity zero at the start.

    Returns:
        The real number k with ε sᵏ = r for gradient descent; with
        momentum, with the share of ε that grows in place of ε.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if the offset is zero or beyond the radius, or as
            `growth_factor`.

    Source:
        eq. `claim:escape-time` of this book.
    """
    growth = _growth(curvature, learning_rate, beta)  # s − 1
    epsilon = abs(check.number(offset, "offset"))
    if not 0 < epsilon <= check.positive(radius, "radius"):
        raise ValueError(
            f"offset must be non-zero, within radius {radius}, got {offset}"
        )

    s = 1 + growth
    shrinking = beta / s  # the other root
    share = (1 - learning_rate * curvature - shrinking) / (s - shrinking)
    far = math.log(radius) - math.log(share) - math.log(epsilon)
    return check.number(far / math.log1p(growth), "the escape time")


def escape_time(
    problem: Problem,
    x0: ArrayLike,
    optimizer: Optimizer,
    *,
    radius: float = 1.0,
    max_steps: int = 1000,
) -> int:
    """The number of steps after which a run has left a saddle at 0.

    Args:
        problem: a function with a saddle at the origin.
        x0: start, shape (n,).
        optimizer: the rule.
        radius: r, positive; the saddle is left when, after having been
            nearer, the run is at distance ‖x‖ of r or more.
        max_steps: how many steps it is given.

    Returns:
        The number of the step; 0 if the run never comes nearer than r.

    Raises:
        TypeError: if x0 is not real, problem is no Problem, or optimizer
            no Optimizer.
        ValueError: if x0 is not finite or the radius is not positive.
        ConvergenceError: if the run is not away after max_steps.
    """
    check.instance(problem, Problem, "problem")
    check.instance(optimizer, Optimizer, "optimizer")
    r, x0 = check.positive(radius, "radius"), check.vector(x0, "x0")
    max_steps = check.whole(max_steps, "max_steps")
    try:
        path = minimize(problem, x0, optimizer, num_steps=max_steps)
    except DivergenceError as away:  # a saddle may have no floor below it
        path = away.path
    distance = np.linalg.norm(path.x, axis=1)

    inside = np.flatnonzero(distance < r)
    start = inside[0] if len(inside) else 0
    beyond = np.flatnonzero(distance[start:] >= r)
    if not len(beyond):
        raise ConvergenceError(
            f"the run has not left radius {r:g} after {max_steps} steps: "
            f"it is at distance {distance[-1]:.3g}"
        )
    return int(start + beyond[0])

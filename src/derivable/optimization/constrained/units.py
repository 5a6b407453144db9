"""A problem measured in its own units, so that those given do not matter.

Notation:
    x: a point, shape (n,).
    f, h, g: objective, equalities (p,) and inequalities (m,).
    z: x divided by its unit.
    nu, lam: multipliers; their units are those of f over those of h, g.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from derivable._validation import Array, ConvergenceError
from derivable.optimization.constrained.problem import ConstrainedProblem

NEAR = 1 / 8  # of the unit of x: how far a change is measured
LEAST = 1e-2  # units of x fall to this share of those at the start
FAINT = 1e-6  # and those of f and of constraints to this one


@dataclass(frozen=True)
class Units:
    """By how much the quantities of a problem change near a point.

    Powers of two, so that division by them rounds nothing.

    Attributes:
        x: a length over which the functions change by their own size.
        f: the change of f over that length.
        h: of each equality, shape (p,).
        g: of each inequality, shape (m,).
        first: the units at the start of the run; None there.
    """

    x: float
    f: float
    h: Array
    g: Array
    first: "Units | None" = None

    @property
    def penalty(self) -> float:
        """The unit of f over the square of that of a constraint."""
        sizes = np.append(self.h, self.g)
        if not sizes.size:
            return self.f
        return float(self.f * np.exp(-2 * np.mean(np.log(sizes))))

    def scaled(self, problem: ConstrainedProblem) -> "ScaledProblem":
        """The problem for z, with all its functions near size 1."""
        gradient = problem.gradient
        Jh, Jg = problem.equality_jacobian, problem.inequality_jacobian
        x, f, h, g = self.x, self.f, self.h, self.g
        return ScaledProblem(
            lambda z: problem.value(x * z) / f,
            gradient and (lambda z: problem.slope(x * z) * (x / f)),
            problem.equalities and (lambda z: problem.h(x * z) / h),
            Jh and (lambda z: problem.h_jacobian(x * z) * (x / h)[:, None]),
            problem.inequalities and (lambda z: problem.g(x * z) / g),
            Jg and (lambda z: problem.g_jacobian(x * z) * (x / g)[:, None]),
            unit=x,
        )

    def slope(
        self, problem: ConstrainedProblem, x: Array, nu: Array, lam: Array
    ) -> Array:
        """The gradient of L, with differences of steps that suit x."""
        own = self.scaled(problem)
        price = nu * self.h / self.f, lam * self.g / self.f
        s = own.lagrangian_slope(x / self.x, *price)
        return np.asarray(s * (self.f / self.x))

    def at(self, problem: ConstrainedProblem, x: Array) -> "Units":
        """The units at another point of the same run."""
        first = self.first or self
        size = max(_largest(x), LEAST * first.x)
        return _changes(problem, x, _power(size), first)


@dataclass(frozen=True)
class ScaledProblem(ConstrainedProblem):
    """A problem in its own units; `unit` is that of x."""

    unit: float = 1.0


def measure(problem: ConstrainedProblem, x: Array) -> Units:
    """The units of a problem near x, found by values alone."""
    return _changes(problem, x, _length(problem, x))


def _length(problem: ConstrainedProblem, x: Array) -> float:
    """The size of x, or how far some function must go to change by half."""
    at, size = _values(problem, x), _largest(x)
    known = _telling(problem, x, at)
    default = _power(size) if size > 0 else 1.0
    if not known.any():
        return default
    lengths = [2.0**k for k in range(-60, 61, 3) if 2.0**k > size]
    for length in [default, *lengths] if size > 0 else lengths:
        change = _change(problem, x, at, length)
        if np.any(2 * change[known] >= np.abs(at[known])):
            return length
    return default


def _telling(problem: ConstrainedProblem, x: Array, at: Array) -> Array:
    """Which functions say how far x must go, shape (1 + p + m,).

    One that is 0 says nothing, nor one that vanishes near the origin:
    its value tells the size of x. A limit that holds tells only where
    nothing else does.
    """
    origin = attempt(partial(_values, problem, 0 * x))
    known = at != 0
    if origin is not None:
        known &= 2 * np.abs(at - origin) < np.abs(at)
    m = problem.g(x).size
    asks = known & ((np.arange(at.size) < at.size - m) | (at > 0))
    return np.asarray(asks if np.any(x) or asks.any() else known)


def _changes(
    problem: ConstrainedProblem,
    x: Array,
    length: float,
    first: Units | None = None,
) -> Units:
    at = _values(problem, x)
    change = _change(problem, x, at, NEAR * length) / NEAR
    change = np.where(change > 0, change, np.abs(at))
    if first is not None:
        before = np.concatenate([[first.f], first.h, first.g])
        change = np.maximum(change, FAINT * before)
    units = np.array([_power(c) if c > 0 else 1.0 for c in change])
    p = problem.h(x).size
    h, g = units[1 : 1 + p], units[1 + p :]
    return Units(length, float(units[0]), h, g, first)


def _values(problem: ConstrainedProblem, x: Array) -> Array:
    """Objective and constraints in one vector, shape (1 + p + m,)."""
    f = [problem.value(x)]
    return np.concatenate([f, problem.h(x), problem.g(x)])


def _change(
    problem: ConstrainedProblem, x: Array, at: Array, step: float
) -> Array:
    """The largest change for a step along any axis, shape (1 + p + m,)."""
    change = np.zeros_like(at)
    for e in np.vstack([np.eye(x.size), -np.eye(x.size)]):
        there = attempt(partial(_values, problem, x + step * e))
        if there is not None:
            gap = np.abs(there - at)
            change = np.fmax(change, np.where(np.isfinite(gap), gap, 0.0))
    return change


def attempt(compute: Callable[[], Any]) -> Any:
    """What is computed, or None where the functions are not defined."""
    try:
        with np.errstate(all="ignore"):
            return compute()
    except (ConvergenceError, ValueError, ArithmeticError):
        return None


def _largest(x: Array) -> float:
    return float(np.max(np.abs(x)))


def _power(size: float) -> float:
    """The largest power of two that is not above a positive size."""
    return float(np.ldexp(1.0, int(np.frexp(size)[1]) - 1))

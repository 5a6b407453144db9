"""A dozen convex functions to build others from.

Notation:
    x: a point, shape (n,); functions of one number are summed over it.
    A: positive definite, shape (n, n); a: a vector, shape (n,).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import norm
from derivable._validation import Array
from derivable.calculus import sigmoid, softmax, softplus

Kind = Literal["convex", "strictly convex", "strongly convex"]


@dataclass(frozen=True)
class ConvexFunction:
    """A convex function with a gradient, on a stated set.

    Attributes:
        name: what it is called.
        f: x of shape (n,) ↦ one number.
        gradient: x ↦ the gradient, or a subgradient at a kink.
        kind: the strongest of the three words that is true on all of
            its domain.
        positive: whether its domain is x > 0 instead of all of ℝⁿ.
    """

    name: str
    f: Callable[[Array], float]
    gradient: Callable[[Array], Array]
    kind: Kind
    positive: bool = False

    def sample(
        self, num_points: int, n: int, rng: np.random.Generator
    ) -> Array:
        """Points of the domain.

        Args:
            num_points: how many.
            n: their dimension.
            rng: draws them.

        Returns:
            Normal deviates, or their absolute values if the domain is
            positive, shape (num_points, n).
        """
        check.whole(num_points, "num_points", least=1)
        check.whole(n, "n", least=1)
        check.generator(rng)
        x = 2 * rng.normal(size=(num_points, n))
        return np.abs(x) if self.positive else x


def convex_functions(n: int = 2) -> tuple[ConvexFunction, ...]:
    """The functions from which most convex objectives are built.

    Args:
        n: dimension of their argument.

    Returns:
        Twelve functions of a vector of shape (n,).

    Raises:
        ValueError: if n is below 1.
    """
    n = check.whole(n, "n", least=1)
    a = np.arange(1.0, n + 1)
    A = 2 * np.eye(n) - np.eye(n, k=1) - np.eye(n, k=-1)
    return (
        _of("affine", lambda x: a @ x + 1, lambda _: a, "convex"),
        _of("1-norm", lambda x: np.sum(np.abs(x)), np.sign, "convex"),
        _of("2-norm", norm, _unit, "convex"),
        _of("largest size", lambda x: np.max(np.abs(x)), _top, "convex"),
        _of(
            "quadratic",
            lambda x: x @ A @ x,
            lambda x: 2 * A @ x,
            "strongly convex",
        ),
        _of(
            "fourth powers",
            lambda x: np.sum(x**4),
            lambda x: 4 * x**3,
            "strictly convex",
        ),
        _of("exp", lambda x: np.sum(np.exp(x)), np.exp, "strictly convex"),
        _of(
            "softplus",
            lambda x: np.sum(softplus(x)),
            sigmoid,
            "strictly convex",
        ),
        _of("log-sum-exp", _log_sum_exp, softmax, "convex"),
        _of(
            "x log x",
            lambda x: x @ np.log(x),
            lambda x: 1 + np.log(x),
            "strictly convex",
            positive=True,
        ),
        _of(
            "-log x",
            lambda x: -np.sum(np.log(x)),
            lambda x: -1 / x,
            "strictly convex",
            positive=True,
        ),
        _of(
            "1 / x",
            lambda x: np.sum(1 / x),
            lambda x: -1 / x**2,
            "strictly convex",
            positive=True,
        ),
    )


def _of(
    name: str,
    f: Callable[[Array], ArrayLike],
    gradient: Callable[[Array], Array],
    kind: Kind,
    *,
    positive: bool = False,
) -> ConvexFunction:
    def point(x: Array) -> Array:
        x = check.vector(x)
        if positive and x.min() <= 0:
            raise ValueError(f"x must be positive for {name}, got {x.min()}")
        return x

    def value(x: Array) -> float:
        with np.errstate(over="ignore", invalid="ignore"):
            return check.number(f(point(x)), f"{name} of x")

    def slope(x: Array) -> Array:
        with np.errstate(over="ignore", invalid="ignore"):
            return check.real(gradient(point(x)), f"the gradient of {name}")

    return ConvexFunction(name, value, slope, kind, positive)


def _unit(x: Array) -> Array:
    length = norm(x)
    return x / length if length else x


def _top(x: Array) -> Array:
    k = int(np.argmax(np.abs(x)))
    g = np.zeros_like(x)
    g[k] = np.sign(x[k])
    return g


def _log_sum_exp(x: Array) -> np.floating:
    top = np.max(x)
    return np.float64(top + np.log(np.sum(np.exp(x - top))))

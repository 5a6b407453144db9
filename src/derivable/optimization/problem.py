"""A function to be minimised, and what a run over it went through."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from derivable import _validation as check
from derivable._validation import Array


@dataclass(frozen=True)
class Problem:
    """A function to be minimised, and what is known of it.

    Attributes:
        f: x ↦ the value, one number.
        gradient: x ↦ ∇f(x), structure and shapes of x.
        hessian: x ↦ ∇²f(x), shape (n, n), or None.
        minimiser: x*, shape of x, or None if it is not known.
        smoothness: L, the largest curvature anywhere, or None.
        convexity: μ, the smallest curvature anywhere, or None.

    Raises:
        TypeError: if f, gradient or hessian is not a function.
        ValueError: if smoothness is negative, or is below convexity.
    """

    f: Callable[[Any], Any]
    gradient: Callable[[Any], Any]
    hessian: Callable[[Array], Array] | None = None
    minimiser: Array | None = None
    smoothness: float | None = None
    convexity: float | None = None

    def __post_init__(self) -> None:
        check.function(self.f)
        check.function(self.gradient, "gradient")
        if self.hessian is not None:
            check.function(self.hessian, "hessian")
        if self.minimiser is not None:
            check.real(self.minimiser, "minimiser")
        L, mu = np.inf, -np.inf
        if self.smoothness is not None:
            L = check.not_negative(self.smoothness, "smoothness")
        if self.convexity is not None:
            mu = check.number(self.convexity, "convexity")
        if mu > L:
            raise ValueError(
                f"convexity must be at most smoothness {L:g}, got {mu:g}"
            )


@dataclass(frozen=True)
class Path:
    """What a run went through.

    Attributes:
        x: all iterates, the start first, shape (T + 1, *shape of x0);
            for a list or dict of arrays the same structure, each array
            with the iterates along its first axis.
        f: the values there, shape (T + 1,).
        gradient_norm: ‖∇f‖ there, over all parameters, shape (T + 1,).
        steps: how many steps were taken to each, shape (T + 1,).
    """

    x: Any
    f: Array
    gradient_norm: Array
    steps: Array


def unwarned() -> np.errstate:
    """Where values may overflow, to infinity or NaN, without a warning."""
    return np.errstate(over="ignore", invalid="ignore", divide="ignore")


def point(x: Any, n: int, name: str = "x") -> Array:
    """A vector of n numbers, or an error; NaN and infinity pass."""
    values = check.reals(x, name)
    if values.shape != (n,):
        raise ValueError(f"{name} must have shape ({n},), got {values.shape}")
    return values


class Facts(NamedTuple):
    """What is known of a function: x*, L and μ."""

    minimiser: Array | None
    smoothness: float | None
    convexity: float


class Measured(Problem):
    """A problem whose facts are computed when one of them is asked for.

    They cost singular values, and a step on a batch needs none.
    """

    def __init__(
        self,
        f: Callable[[Any], Any],
        gradient: Callable[[Any], Any],
        hessian: Callable[[Array], Array] | None,
        measure: Callable[[], Facts],
    ) -> None:
        super().__init__(f, gradient, hessian)
        for name in Facts._fields:
            del self.__dict__[name]
        self.__dict__["measure"] = measure

    @cached_property
    def facts(self) -> Facts:
        """What was measured."""
        found: Facts = self.__dict__["measure"]()
        return found

    @cached_property
    def minimiser(self) -> Array | None:
        """x*, shape of x, or None if it is not known."""
        return self.facts.minimiser

    @cached_property
    def smoothness(self) -> float | None:
        """L, the largest curvature anywhere, or None."""
        return self.facts.smoothness

    @cached_property
    def convexity(self) -> float:
        """μ, the smallest curvature anywhere."""
        return self.facts.convexity

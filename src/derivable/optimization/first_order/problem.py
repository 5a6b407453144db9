"""A function to be minimised, with what is known of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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
        ValueError: if smoothness is not positive, or is below convexity.
    """

    f: Callable[[Any], Any]
    gradient: Callable[[Any], Any]
    hessian: Callable[[Array], Array] | None = None
    minimiser: Array | None = None
    smoothness: float | None = None
    convexity: float | None = None

    def __post_init__(self) -> None:
        check.function(self.f, "f")
        check.function(self.gradient, "gradient")
        if self.hessian is not None:
            check.function(self.hessian, "hessian")
        if self.smoothness is None:
            return
        L = check.positive(self.smoothness, "smoothness")
        if self.convexity is not None and self.convexity > L:
            raise ValueError(
                f"convexity must be at most smoothness {L:g}, "
                f"got {self.convexity:g}"
            )

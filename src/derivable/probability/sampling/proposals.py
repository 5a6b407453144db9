"""Where a chain may go next.

Notation:
    x: the positions of m chains, shape (m, d); y: where they may go.
    q(y | x): density of proposing y from x.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array


@dataclass(frozen=True)
class Proposal:
    """How a chain proposes, and by how much it prefers a direction.

    Attributes:
        draw: (x, rng) ↦ y, both of shape (m, d).
        log_ratio: (x, y) ↦ ln q(x | y) − ln q(y | x), shape (m,); None
            if the proposal is symmetric, q(x | y) = q(y | x).

    Raises:
        TypeError: if an attribute is not a function.
    """

    draw: Callable[[Array, np.random.Generator], ArrayLike]
    log_ratio: Callable[[Array, Array], ArrayLike] | None = None

    def __post_init__(self) -> None:
        check.function(self.draw, "draw")
        if self.log_ratio is not None:
            check.function(self.log_ratio, "log_ratio")


def random_walk(step: ArrayLike) -> Proposal:
    """Steps y = x + step · z, z standard normal: symmetric.

    Args:
        step: standard deviation, positive; a number, or one for each
            coordinate, shape (d,).

    Returns:
        The proposal.

    Raises:
        TypeError: if step is not real.
        ValueError: if an entry is not positive.

    Source:
        Metropolis et al. (1953).
    """
    scale = _positive(step)

    def draw(x: Array, rng: np.random.Generator) -> Array:
        _fits(scale, x)
        with np.errstate(over="ignore"):
            y = x + scale * rng.normal(size=x.shape)
        return check.real(y, "a proposal")

    return Proposal(draw)


def multiplicative_walk(step: ArrayLike) -> Proposal:
    """Steps y = x · exp(step · z) for positive x: log-normal, asymmetric.

    Its density is that of ln y divided by y, so q(x | y) / q(y | x) is
    the product of all y over the product of all x.

    Args:
        step: standard deviation of ln y, positive; a number or (d,).

    Returns:
        The proposal with its ratio. Its draw refuses x ≤ 0.

    Raises:
        TypeError: if step is not real.
        ValueError: if an entry is not positive.

    Source:
        eq. `claim:log-normal-ratio` of this book.
    """
    scale = _positive(step)

    def draw(x: Array, rng: np.random.Generator) -> Array:
        _fits(scale, x)
        if np.any(x <= 0):
            raise ValueError(f"x must be positive, got {np.min(x)}")
        with np.errstate(over="ignore", under="ignore"):
            y = x * np.exp(scale * rng.normal(size=x.shape))
        return check.real(y, "a proposal")

    def log_ratio(x: Array, y: Array) -> Array:
        with np.errstate(divide="ignore"):
            return np.asarray(np.sum(np.log(y) - np.log(x), axis=1))

    return Proposal(draw, log_ratio)


def _positive(step: ArrayLike) -> Array:
    scale = check.real(step, "step")
    if scale.ndim > 1:
        raise ValueError(
            f"step must be a number or a vector, got shape {scale.shape}"
        )
    if np.any(scale <= 0):
        raise ValueError(f"step must be positive, got {np.min(scale)}")
    return scale


def _fits(scale: Array, x: Array) -> None:
    if scale.ndim and scale.shape != x.shape[1:]:
        raise ValueError(
            f"step must have {x.shape[1]} entries, got {len(scale)}"
        )

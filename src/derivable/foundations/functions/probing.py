"""Search for a combination of vectors that a function does not respect.

Notation:
    f: the function that is probed.
    u, v: vectors, shape (n,).
    s, t: their weights in s u + t v.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array

VectorFunction = Callable[[Any], ArrayLike]
ROUNDING = 1e-9  # the largest gap that may be rounding


@dataclass(frozen=True)
class Probe:
    """The worst of many probes of one equation. True if it passed.

    Attributes:
        passed: whether the gap was at most 1e-9 in every probe. This is
            no proof; that one probe failed is one, unless f itself
            loses digits, as in float32.
        gap: ‖f(s u + t v) − s f(u) − t f(v)‖ of the worst probe, over
            the sum of the norms of the three terms.
        u: its first vector, shape (n,).
        v: its second vector, shape (n,).
        s: the weight of u.
        t: the weight of v.
    """

    passed: bool
    gap: float
    u: Array
    v: Array
    s: float
    t: float

    def __bool__(self) -> bool:
        return self.passed


def is_linear(
    f: VectorFunction,
    n: int,
    *,
    rng: np.random.Generator,
    scale: float = 1.0,
    trials: int = 20,
) -> Probe:
    """Look for a linear combination that f does not respect.

    Args:
        f: function of a vector of shape (n,).
        n: length of its argument.
        rng: draws the vectors u and v and their weights.
        scale: how far from 0 the entries of u and v typically lie (their
            standard deviation); f is not seen much farther out.
        trials: how many probes.

    Returns:
        The verdict, with the worst probe as its witness. NB: what is
        small beside the values of f, up to 1e-9 of them, passes.

    Raises:
        TypeError: if f is not a function, rng no `Generator`, n or
            trials no whole number, or f(x) not real.
        ValueError: if n, scale or trials is not positive, or f(x) is
            empty, not finite, or of more than one shape.

    Source:
        eq. `def:linear-function` of this book.
    """
    pairs = _pairs(n, rng, scale, trials)
    return _worst(f, pairs, rng.normal(size=(len(pairs), 2)))


def is_affine(
    f: VectorFunction,
    n: int,
    *,
    rng: np.random.Generator,
    scale: float = 1.0,
    trials: int = 20,
) -> Probe:
    """Look for a point of a straight line that f takes off the line.

    As `is_linear`, but with weights that sum to 1. NB: the gap is
    relative to the values of f, in which a large constant hides a small
    bend.

    Args:
        f: function of a vector of shape (n,).
        n: length of its argument.
        rng: draws the vectors u and v and the weight of u.
        scale: how far from 0 the entries of u and v typically lie.
        trials: how many probes.

    Returns:
        The verdict, with the worst probe as its witness.

    Raises:
        TypeError: if f is not a function, rng no `Generator`, n or
            trials no whole number, or f(x) not real.
        ValueError: if n, scale or trials is not positive, or f(x) is
            empty, not finite, or of more than one shape.

    Source:
        eq. `claim:affine-lines` of this book.
    """
    pairs = _pairs(n, rng, scale, trials)
    s = rng.normal(size=len(pairs))
    return _worst(f, pairs, np.column_stack([s, 1 - s]))


def _pairs(
    n: int, rng: np.random.Generator, scale: float, trials: int
) -> Array:
    """Vectors u and v for each trial, shape (trials, 2, n)."""
    n = check.whole(n, "n", least=1)
    scale = check.positive(scale, "scale")
    trials = check.whole(trials, "trials", least=1)
    rng = check.generator(rng)

    with np.errstate(over="ignore"):
        return check.real(scale * rng.normal(size=(trials, 2, n)), "u and v")


def _worst(f: VectorFunction, pairs: Array, weights: Array) -> Probe:
    """The probe with the largest gap."""
    check.function(f)

    found = []
    for i, (u, v) in enumerate(pairs):
        s, t = weights[i]
        gap = _gap(f, u, v, s, t)
        found.append(Probe(gap <= ROUNDING, gap, u, v, float(s), float(t)))
    return max(found, key=lambda probe: probe.gap)


def _gap(f: VectorFunction, u: Array, v: Array, s: float, t: float) -> float:
    """How far f is from respecting s u + t v, relative to its values."""
    with np.errstate(over="ignore", invalid="ignore"):
        w = check.real(s * u + t * v, "s u + t v")
    points = w, u.copy(), v.copy()
    values = [check.real(f(x), "f(x)") for x in points]
    shapes = {value.shape for value in values}
    if len(shapes) > 1:
        raise ValueError(f"f(x) must have one shape, got {sorted(shapes)}")
    whole, f_u, f_v = precision.scaled(np.stack(values))[0]
    off = precision.norm(whole - s * f_u - t * f_v)
    size = sum(precision.norm(y) for y in (whole, s * f_u, t * f_v))
    return off / size if size else 0.0

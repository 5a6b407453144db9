"""Growth by a factor: compounding, the exponential series, logarithms.

Notation:
    x: an exponent, or the argument of a logarithm.
    n: number of payments, of terms.
    b: the base of a logarithm.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array


def compound(x: float, n: ArrayLike) -> Array:
    """Growth of 1 at rate x, paid in n equal parts: (1 + x/n)ⁿ.

    With `log1p` the sum 1 + x/n is not rounded on the way.

    Args:
        x: rate for the whole time; x/n must lie above −1.
        n: number of payments, positive, any shape.

    Returns:
        The factors, shape of n; they tend to eˣ as n grows.

    Raises:
        TypeError: if x or n is not real.
        ValueError: if an n is not positive, an x/n is −1 or less, or
            a factor is too large for a float64.

    Source:
        eq. `def:compound` of this book.
    """
    x, payments = check.number(x), _positive(n, "n")
    with np.errstate(over="ignore"):
        part = check.real(x / payments, "x / n")
    if np.any(part <= -1):
        raise ValueError(f"x / n must lie above -1, got {np.min(part)}")
    with np.errstate(over="ignore"):
        return check.real(np.exp(payments * np.log1p(part)), "the factor")


def exponential_series(x: ArrayLike, num_terms: int) -> Array:
    """The first terms of eˣ = 1 + x + x²/2! + x³/3! + …, summed.

    Args:
        x: exponents, any shape.
        num_terms: how many terms, at least 1.

    Returns:
        Partial sums, shape of x.

    Raises:
        TypeError: if x is not real or `num_terms` no whole number.
        ValueError: if x is empty or not finite, `num_terms` is below 1,
            or a term or a sum on the way is too large for a float64,
            as in the sum of a far negative x.

    Source:
        eq. `def:exponential-series` of this book.
    """
    x = check.real(x)
    check.whole(num_terms, "num_terms", least=1)

    term = total = np.ones_like(x)
    with np.errstate(over="ignore", invalid="ignore"):
        for k in range(1, num_terms):
            term = term * (x / k)  # term * x may be too large
            total = total + term
            if not (np.isfinite(total).all() and term.any()):
                break  # too large, or nothing more to add
    return check.real(total, "the sum")


def logarithm(x: ArrayLike, *, base: float = math.e) -> Array:
    """The exponent that makes x from the base: bʸ = x.

    Args:
        x: positive numbers, any shape.
        base: b, positive and not 1; e gives ln.

    Returns:
        y = ln x / ln b, shape of x.

    Raises:
        TypeError: if x or the base is not real.
        ValueError: if an x or the base is not positive, or the base 1.

    Source:
        eq. `claim:change-of-base` of this book.
    """
    x, b = _positive(x, "x"), check.positive(base, "base")
    if b == 1:
        raise ValueError("base must not be 1, got 1: it has no other power")
    return np.asarray(np.log(x) / np.log(b))


def half_life(factor: float) -> float:
    """The number of steps after which a repeated factor has halved.

    Args:
        factor: what is kept in each step, in (0, 1).

    Returns:
        t with factorᵗ = 1/2.

    Raises:
        TypeError: if the factor is not real.
        ValueError: if the factor does not lie in (0, 1).

    Source:
        eq. `claim:half-life` of this book.
    """
    if not 0 < check.number(factor, "factor") < 1:
        raise ValueError(f"factor must lie in (0, 1), got {factor}")
    return math.log(2) / -math.log(factor)


def _positive(x: ArrayLike, name: str) -> Array:
    """Finite numbers above zero, any shape."""
    values = check.real(x, name)
    if np.any(values <= 0):
        at = tuple(int(i) for i in np.argwhere(values <= 0)[0])
        where = f" at index {at}" if at else ""
        raise ValueError(f"{name} must be positive, got {values[at]}{where}")
    return values

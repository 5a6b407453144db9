"""Taylor polynomials and how far they can be off.

Notation:
    a: the centre.
    x: where the polynomial is evaluated, any shape.
    n: the degree.
"""

from collections.abc import Callable
from math import factorial

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array


def taylor_polynomial(
    derivatives: ArrayLike, a: float = 0.0
) -> Callable[[ArrayLike], Array]:
    """The polynomial that shares value and derivatives with f at a.

    Args:
        derivatives: f(a), f′(a), …, f⁽ⁿ⁾(a), shape (n + 1,).
        a: the centre.

    Returns:
        A function of x, any shape, that evaluates the polynomial.

    Raises:
        TypeError: if the derivatives are not real.
        ValueError: if they are no finite vector, or a is not finite.

    Source:
        eq. `def:taylor-polynomial` of this book.
    """
    d = check.vector(derivatives, "derivatives")
    a = check.number(a, "a")
    c = [d_k / factorial(k) for k, d_k in enumerate(d)]

    def polynomial(x: ArrayLike) -> Array:
        t = check.real(x) - a
        total = np.zeros_like(t)
        for c_k in reversed(c):  # Horner: one product for each degree
            total = total * t + c_k
        return total

    return polynomial


def taylor_remainder_bound(
    bound: float, distance: ArrayLike, degree: int
) -> Array:
    """The most that a Taylor polynomial can be off.

    Args:
        bound: M, with |f⁽ⁿ⁺¹⁾| ≤ M between the centre and x.
        distance: x − a, any shape.
        degree: n, at least 0.

    Returns:
        M |x − a|ⁿ⁺¹ / (n + 1)!, shape of `distance`.

    Raises:
        TypeError: if the distance is not real.
        ValueError: if the bound is negative, the degree is negative,
            or the distance is empty or not finite.

    Source:
        eq. `claim:taylor-remainder` of this book.
    """
    if check.number(bound, "bound") < 0:
        raise ValueError(f"bound must not be negative, got {bound}")
    if degree < 0:
        raise ValueError(f"degree must not be negative, got {degree}")
    t = np.abs(check.real(distance, "distance"))
    return bound * t ** (degree + 1) / factorial(degree + 1)

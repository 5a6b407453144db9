"""Taylor polynomials and how far they can be off.

Notation:
    a: the centre.
    x: where the polynomial is evaluated, any shape.
    n: the degree.
"""

from collections.abc import Callable

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

    def polynomial(x: ArrayLike) -> Array:
        t = check.real(x) - a
        total = np.zeros_like(t)
        with np.errstate(over="ignore", invalid="ignore"):
            for k in reversed(range(d.size)):  # Horner, with k! spread out
                total = d[k] + total * t / (k + 1)
        return check.real(total, "the value of the polynomial")

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
        ValueError: if the bound or the degree is negative, the distance
            is empty or not finite, or the result overflows.

    Source:
        eq. `claim:taylor-remainder` of this book.
    """
    bound = check.not_negative(bound, "bound")
    degree = check.whole(degree, "degree")
    t = np.abs(check.real(distance, "distance"))
    largest = np.full_like(t, bound)
    with np.errstate(over="ignore"):
        for k in range(1, degree + 2):  # neither power nor factorial alone
            largest = largest * (t / k)
    return check.real(largest, "the bound")

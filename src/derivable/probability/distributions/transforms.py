"""The density of a function of a random variable.

Notation:
    y: a value of Y = g(X).
    x: g⁻¹(y), the value of X that it comes from.
    J: Jacobian of g⁻¹ at y.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import jacobian


def transformed_pdf(
    pdf: Callable[[Array], ArrayLike],
    inverse: Callable[[Array], ArrayLike],
    y: ArrayLike,
) -> float:
    """Density of Y = g(X) at a point: f(g⁻¹(y)) |det J|.

    Args:
        pdf: density f of X, of shape (d,), or of one number.
        inverse: g⁻¹, from values of Y to values of X.
        y: one point, shape (d,), or one number.

    Returns:
        The density of Y at y, one number.

    Raises:
        TypeError: if pdf or inverse is no function, or y not real.
        ValueError: if y is no number and no vector, inverse changes its
            shape, or a value is not finite.

    Source:
        eq. `claim:change-of-variables` of this book.
    """
    check.function(pdf, "pdf")
    check.function(inverse, "inverse")
    y = check.real(y, "y")
    if y.ndim > 1:
        raise ValueError(f"y must be one point, got shape {y.shape}")

    x = check.of_shape(inverse(y.copy()), y.shape, "inverse(y)")
    J = jacobian(
        lambda v: np.reshape(inverse(v.reshape(y.shape)), -1), np.ravel(y)
    )
    density = check.evaluated(pdf, check.real(x, "inverse(y)"), "pdf")
    with np.errstate(over="ignore", invalid="ignore"):
        changed = density * abs(np.linalg.det(J))
    return check.number(changed, "the density of Y")

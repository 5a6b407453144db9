"""Fisher information: how sharply data can point to a parameter.

Notation:
    theta: the parameter, a number, θ.
    x: the values that an observation can take, shape (m,).
    score: slope of ln p(x; θ) in θ, shape (m,).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import jacobian
from derivable.probability.estimation import _sample


def fisher_information(
    log_density: Callable[[Array, float], ArrayLike],
    theta: float,
    x: ArrayLike,
    probabilities: ArrayLike | None = None,
) -> float:
    """Mean squared score of one observation.

    Args:
        log_density: (x, θ) ↦ ln p(x; θ), shape of x.
        theta: the parameter, a number.
        x: all values, shape (m,); or m draws at θ, for an estimate.
        probabilities: p(x; θ) at this θ, shape (m,); default 1/m each,
            which is for draws.

    Returns:
        I(θ) = E[(∂ ln p / ∂θ)²], at least 0.

    Raises:
        TypeError: if log_density is not a function or x is not real.
        ValueError: if the slopes are not finite, or probabilities has
            another length, a negative entry or another sum.

    Source:
        eq. `def:fisher` of this book.
    """
    check.function(log_density, "log_density")
    theta = check.number(theta, "theta")
    x = check.vector(x)
    m = len(x)
    p = np.full(m, 1 / m) if probabilities is None else probabilities
    p = _sample.weights(p, m, "probabilities")

    def log_p(t: Array) -> Array:
        found = check.reals(log_density(x.copy(), float(t[0])), "log_density")
        return check.of_shape(found, (m,), "log_density")

    score = jacobian(log_p, [theta])[:, 0]
    with np.errstate(over="ignore"):
        return check.number(p @ score**2, "the information")

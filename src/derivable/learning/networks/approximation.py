"""A network that follows any continuous function of one number.

Notation:
    x_i: knots, a = x₀ < x₁ < … < xₘ = b.
    s_i: slope of the polygon right of knot i.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.networks.parameters import Layers


def hinge_network(
    f: Callable[[Array], ArrayLike], a: float, b: float, *, num_pieces: int
) -> Layers:
    """A ReLU network of one hidden layer that interpolates f.

    Each hidden unit is a hinge relu(x − xᵢ), and its weight is how much
    the slope of the polygon through (xᵢ, f(xᵢ)) changes there. Left of
    a the network is constant, right of b it goes on straight.

    Args:
        f: function of numbers, array (m + 1,) to array (m + 1,).
        a: left end.
        b: right end, above a.
        num_pieces: number of pieces of equal length, m.

    Returns:
        Parameters of `mlp` with sizes 1, m, 1 and ReLU.

    Raises:
        TypeError: if f is no function, f(x) not real, or num_pieces no
            whole number.
        ValueError: if a < b does not hold, num_pieces is below 1, f(x)
            is not finite or has another shape than x, or a slope is too
            large for a float64.

    Source:
        eq. `claim:hinge-form` of this book.
    """
    check.function(f)
    a, b = check.number(a, "a"), check.number(b, "b")
    m = check.whole(num_pieces, "num_pieces", least=1)
    x = np.linspace(a, b, m + 1) if np.isfinite(b - a) else np.array([a])
    if not (np.diff(x) > 0).all() or len(x) != m + 1:
        raise ValueError(
            f"a and b must be ends of {m} pieces, a below b, got {a} and {b}"
        )
    y = check.of_shape(check.real(f(x.copy()), "f(x)"), x.shape, "f(x)")

    with np.errstate(over="ignore"):
        s = check.real(np.diff(y) / np.diff(x), "a slope")
        change = check.real(np.diff(s, prepend=0.0), "a change of slope")
    return [
        {"W": np.ones((1, m)), "b": -x[:-1]},
        {"W": change[:, None], "b": y[:1]},
    ]

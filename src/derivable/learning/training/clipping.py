"""Clipping by value, beside the clipping by norm of `clipped`.

Notation:
    x, g: parameters and gradient, shape (p,).
    c: largest size of an entry of the gradient.
"""

from dataclasses import replace

import numpy as np

from derivable import _validation as check
from derivable._validation import Array
from derivable.optimization import Optimizer


def clipped_by_value(optimizer: Optimizer, limit: float) -> Optimizer:
    """An optimizer each entry of whose gradient is cut to a limit.

    NB: unlike `clipped`, this turns the gradient.

    Args:
        optimizer: the rule that gets the gradient.
        limit: largest size c of an entry, positive.

    Returns:
        The rule with min(max(g, −c), c) in place of g.

    Raises:
        TypeError: if optimizer is none.
        ValueError: if limit is not positive.

    Source:
        eq. `def:clip-value` of this book.
    """
    check.instance(optimizer, Optimizer, "optimizer")
    c = check.positive(limit, "limit")

    def step(
        x: Array, g: Array, state: dict[str, Array], alpha: float, t: int
    ) -> Array:
        return optimizer.step(x, np.clip(g, -c, c), state, alpha, t)

    name = f"{optimizer.name}, cut"
    return replace(optimizer, name=name, step=step, stability=None)

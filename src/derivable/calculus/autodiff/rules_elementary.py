"""The derivatives of further elementary functions, one line each.

Notation:
    g: adjoint of the result, shape of y.
    y: the result.
    a, b: the operands.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

LN2 = math.log(2)
LN10 = math.log(10)


def finite(y: Any) -> Any:
    """A sum of exponentials that is 0 has the logarithm −∞: here 0.

    Each share in it is then e^(−∞ − 0) = 0, not e^(−∞ + ∞).
    """
    return np.where(y == -np.inf, 0.0, y)


MORE: dict[np.ufunc, tuple[Callable[..., Any], ...]] = {
    np.positive: (lambda g: g,),
    np.reciprocal: (lambda g, y: -g * y * y,),
    np.fabs: (lambda g, a: g * np.sign(a),),  # NB: 0 at 0
    np.cbrt: (lambda g, y: g / (3 * y * y),),
    np.remainder: (  # slope of the pieces between its jumps
        lambda g: g,
        lambda g, a, b: -g * np.floor_divide(a, b),
    ),
    np.exp2: (lambda g, y: g * y * LN2,),
    np.expm1: (lambda g, a: g * np.exp(a),),
    np.log2: (lambda g, a: g / a / LN2,),
    np.log10: (lambda g, a: g / a / LN10,),
    np.log1p: (lambda g, a: g / (1 + a),),
    np.logaddexp2: (
        lambda g, y, a: g * np.exp2(a - finite(y)),
        lambda g, y, b: g * np.exp2(b - finite(y)),
    ),
    np.hypot: (  # NB: 0 at (0, 0)
        lambda g, y, a: g * (a / np.where(y == 0, 1.0, y)),
        lambda g, y, b: g * (b / np.where(y == 0, 1.0, y)),
    ),
    np.tan: (lambda g, y: g * (1 + y * y),),
    np.arcsin: (lambda g, a: g / np.sqrt((1 - a) * (1 + a)),),
    np.arccos: (lambda g, a: -g / np.sqrt((1 - a) * (1 + a)),),
    np.arctan: (lambda g, a: g / (1 + a * a),),
    np.arctan2: (
        lambda g, a, b: g * (b / np.hypot(a, b)) / np.hypot(a, b),
        lambda g, a, b: -g * (a / np.hypot(a, b)) / np.hypot(a, b),
    ),
    np.sinh: (lambda g, a: g * np.cosh(a),),
    np.cosh: (lambda g, a: g * np.sinh(a),),
    np.arcsinh: (lambda g, a: g / np.hypot(1.0, a),),
    np.arccosh: (lambda g, a: g / np.sqrt(a - 1) / np.sqrt(a + 1),),
    np.arctanh: (lambda g, a: g / ((1 - a) * (1 + a)),),
    np.deg2rad: (lambda g: g * (math.pi / 180),),
    np.rad2deg: (lambda g: g * (180 / math.pi),),
}

"""The derivative of every operation, one line each.

For y = op(a, b), the rule of an operand takes g, the adjoint ∂L/∂y, and
gives ∂L/∂operand before broadcasting is undone. Rules are written with
the same operations that they differentiate, so they can be differentiated
again.

Notation:
    g: adjoint of the result, shape of y.
    y: the result.
    a, b: the operands.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

Rule = Callable[..., Any]


def _left(g: Any, _y: Any, a: Any, b: Any) -> Any:
    """∂L/∂a of a @ b: g bᵀ, with vectors as rows and columns."""
    if b.ndim == 1:
        return np.expand_dims(g, -1) * b
    if a.ndim == 1:
        return (np.expand_dims(g, -2) @ b.swapaxes(-1, -2))[..., 0, :]
    return g @ b.swapaxes(-1, -2)


def _right(g: Any, _y: Any, a: Any, b: Any) -> Any:
    """∂L/∂b of a @ b: aᵀ g, with vectors as rows and columns."""
    if a.ndim == 1:
        return np.expand_dims(g, -2 if b.ndim > 1 else -1) * (
            a[:, None] if b.ndim > 1 else a
        )
    if b.ndim == 1:
        return (a.swapaxes(-1, -2) @ np.expand_dims(g, -1))[..., 0]
    return a.swapaxes(-1, -2) @ g


def _base(g: Any, _y: Any, a: Any, b: Any) -> Any:
    """∂L/∂a of a ** b: g b aᵇ⁻¹, which is 0 for b = 0, at a = 0 too."""
    if type(b) is int or type(b) is float:
        return g * b * a ** (b - 1) if b else g * 0.0
    return g * b * a ** np.where(b == 0, 1.0, b - 1)


def _exponent(g: Any, y: Any, a: Any, _b: Any) -> Any:
    """∂L/∂b of a ** b: g aᵇ ln a, which is 0 at a = 0."""
    return g * y * np.log(np.where(a == 0, 1.0, a))


RULES: dict[np.ufunc, tuple[Rule, ...]] = {
    np.add: (lambda g, y, a, b: g, lambda g, y, a, b: g),
    np.subtract: (lambda g, y, a, b: g, lambda g, y, a, b: -g),
    np.multiply: (lambda g, y, a, b: g * b, lambda g, y, a, b: g * a),
    np.divide: (lambda g, y, a, b: g / b, lambda g, y, a, b: -g * y / b),
    np.power: (_base, _exponent),
    np.matmul: (_left, _right),
    np.maximum: (  # NB: at a tie the second operand takes it all
        lambda g, y, a, b: g * (a > b),
        lambda g, y, a, b: g * (a <= b),
    ),
    np.minimum: (
        lambda g, y, a, b: g * (a < b),
        lambda g, y, a, b: g * (a >= b),
    ),
    np.logaddexp: (
        lambda g, y, a, b: g * np.exp(a - y),
        lambda g, y, a, b: g * np.exp(b - y),
    ),
    np.negative: (lambda g, y, a: -g,),
    np.absolute: (lambda g, y, a: g * np.sign(a),),  # NB: 0 at 0
    np.exp: (lambda g, y, a: g * y,),
    np.expm1: (lambda g, y, a: g * (y + 1),),
    np.log: (lambda g, y, a: g / a,),
    np.log1p: (lambda g, y, a: g / (1 + a),),
    np.sqrt: (lambda g, y, a: g / (2 * y),),
    np.square: (lambda g, y, a: g * (2 * a),),
    np.sin: (lambda g, y, a: g * np.cos(a),),
    np.cos: (lambda g, y, a: -g * np.sin(a),),
    np.tan: (lambda g, y, a: g * (1 + y * y),),
    np.arctan: (lambda g, y, a: g / (1 + a * a),),
    np.sinh: (lambda g, y, a: g * np.cosh(a),),
    np.cosh: (lambda g, y, a: g * np.sinh(a),),
    np.tanh: (lambda g, y, a: g - g * y * y,),
}

FLAT: frozenset[np.ufunc] = frozenset(
    {  # steps: their derivative is 0 wherever there is one
        np.greater,
        np.greater_equal,
        np.less,
        np.less_equal,
        np.equal,
        np.not_equal,
        np.sign,
        np.floor,
        np.ceil,
        np.rint,
        np.isfinite,
        np.isnan,
    }
)

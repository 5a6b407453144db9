"""The derivative of every operation, one line each.

For y = op(a, b), the rule of an operand takes g, the adjoint ∂L/∂y, and
gives ∂L/∂operand before broadcasting is undone. After g it names what else
it needs, y, a or b: nothing else is kept. Rules are written with the same
operations that they differentiate, so they can be differentiated again.

Notation:
    g: adjoint of the result, shape of y.
    y: the result.
    a, b: the operands.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from derivable.calculus.autodiff.rules_elementary import MORE, finite

Rule = Callable[..., Any]


def _left(g: Any, a: Any, b: Any) -> Any:
    """∂L/∂a of a @ b: g bᵀ, with vectors as rows and columns."""
    if b.ndim == 1:
        return np.expand_dims(g, -1) * b
    if a.ndim == 1:
        return (np.expand_dims(g, -2) @ b.swapaxes(-1, -2))[..., 0, :]
    return g @ b.swapaxes(-1, -2)


def _right(g: Any, a: Any, b: Any) -> Any:
    """∂L/∂b of a @ b: aᵀ g, with vectors as rows and columns."""
    if a.ndim == 1:
        return np.expand_dims(g, -2 if b.ndim > 1 else -1) * (
            a[:, None] if b.ndim > 1 else a
        )
    if b.ndim == 1:
        return (a.swapaxes(-1, -2) @ np.expand_dims(g, -1))[..., 0]
    return a.swapaxes(-1, -2) @ g


def _base(g: Any, a: Any, b: Any) -> Any:
    """∂L/∂a of a ** b: g b aᵇ⁻¹, which is 0 for b = 0, at a = 0 too."""
    if type(b) is int or type(b) is float:
        return g * b * a ** (b - 1) if b else g * 0.0
    return g * b * a ** np.where((a == 0) & (b == 0), 1.0, b - 1)


def _exponent(g: Any, y: Any, a: Any) -> Any:
    """∂L/∂b of a ** b: g aᵇ ln a, which is 0 at a = 0."""
    return g * y * np.log(np.where(a == 0, 1.0, a))


RULES: dict[np.ufunc, tuple[Rule, ...]] = {
    np.add: (lambda g: g, lambda g: g),
    np.subtract: (lambda g: g, lambda g: -g),
    np.multiply: (lambda g, b: g * b, lambda g, a: g * a),
    np.divide: (lambda g, b: g / b, lambda g, y, b: -g * y / b),
    np.power: (_base, _exponent),
    np.matmul: (_left, _right),
    np.maximum: (  # NB: at a tie the second operand takes it all
        lambda g, a, b: g * (a > b),
        lambda g, a, b: g * (a <= b),
    ),
    np.minimum: (
        lambda g, a, b: g * (a < b),
        lambda g, a, b: g * (a >= b),
    ),
    np.logaddexp: (
        lambda g, y, a: g * np.exp(a - finite(y)),
        lambda g, y, b: g * np.exp(b - finite(y)),
    ),
    np.negative: (lambda g: -g,),
    np.absolute: (lambda g, a: g * np.sign(a),),  # NB: 0 at 0
    np.exp: (lambda g, y: g * y,),
    np.log: (lambda g, a: g / a,),
    np.sqrt: (lambda g, y: g / (2 * y),),
    np.square: (lambda g, a: g * (2 * a),),
    np.sin: (lambda g, a: g * np.cos(a),),
    np.cos: (lambda g, a: -g * np.sin(a),),
    np.tanh: (lambda g, y: g - g * y * y,),
}

ALL: dict[np.ufunc, tuple[Rule, ...]] = {**RULES, **MORE}
"""The table above and the elementary functions beside it."""

FLAT: frozenset[np.ufunc] = frozenset(
    {  # steps: their derivative is 0 wherever there is one
        np.greater,
        np.greater_equal,
        np.less,
        np.less_equal,
        np.equal,
        np.not_equal,
        np.logical_and,
        np.logical_or,
        np.logical_xor,
        np.logical_not,
        np.sign,
        np.signbit,
        np.floor,
        np.floor_divide,
        np.ceil,
        np.trunc,
        np.rint,
        np.isfinite,
        np.isinf,
        np.isnan,
    }
)


def needs(rule: Rule) -> tuple[int, ...]:
    """Which of (y, a, b) a rule names after g, as positions.

    Args:
        rule: a function of g, and of what it needs.
    """
    code = rule.__code__
    if code.co_argcount == 1:
        return ()
    names = code.co_varnames[1 : code.co_argcount]
    return tuple("yab".index(name) for name in names)


PLANS: dict[np.ufunc, tuple[tuple[Rule, tuple[int, ...]], ...]] = {
    ufunc: tuple((rule, needs(rule)) for rule in rules)
    for ufunc, rules in ALL.items()
}
"""Each rule with what it needs."""

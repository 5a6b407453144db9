"""What `grad`, `vjp` and `jvp` understand, read from their own tables."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from derivable.calculus.autodiff.functions import FUNCTIONS, STEPS, name_of
from derivable.calculus.autodiff.linear_algebra import LINALG
from derivable.calculus.autodiff.products import PRODUCTS
from derivable.calculus.autodiff.reductions import WEIGHTS
from derivable.calculus.autodiff.rules import ALL, FLAT
from derivable.calculus.autodiff.shapes import COMPOSED, LINEAR

OPERATORS: dict[Any, str] = {
    np.add: "a + b",
    np.subtract: "a - b",
    np.multiply: "a * b",
    np.divide: "a / b",
    np.power: "a ** b",
    np.remainder: "a % b",
    np.floor_divide: "a // b",
    np.matmul: "a @ b",
    np.positive: "+a",
    np.negative: "-a",
    np.absolute: "abs(a)",
    np.equal: "a == b",
    np.not_equal: "a != b",
    np.less: "a < b",
    np.less_equal: "a <= b",
    np.greater: "a > b",
    np.greater_equal: "a >= b",
}
"""The operators of Python, by the operation they stand for."""

NOTES: dict[Any, str] = {
    np.maximum: "at a tie the second operand has slope 1",
    np.minimum: "at a tie the second operand has slope 1",
    np.absolute: "slope 0 at 0",
    np.fabs: "slope 0 at 0",
    np.hypot: "slope 0 at (0, 0)",
    np.power: "at 0 ** 0 the base has slope 0; a base below 0 needs a "
    "constant exponent",
    np.remainder: "the slope between its jumps",
    np.max: "ties share the slope",
    np.min: "ties share the slope",
    np.std: "slope 0 where all entries are equal",
    np.clip: "slope 0 at a bound",
    np.linalg.norm: "slope 0 at 0 for the 2-norm and p-norms; all orders",
    np.linalg.det: "of a singular matrix the first derivative only",
    np.linalg.cholesky: "reads the lower triangle, as NumPy does",
    np.linalg.eigh: "reads one triangle, as NumPy does; no derivative of "
    "vectors whose eigenvalues are equal (jvp gives nan)",
    np.linalg.eigvalsh: "reads one triangle, as NumPy does",
    np.linalg.svd: "compute_uv=False only; as np.linalg.svdvals",
    np.linalg.svdvals: "at a value 0 one of several slopes; second "
    "derivatives where the values differ and are not 0",
    np.einsum: "subscripts as text",
    np.where: "the other branch gets exactly 0",
}


@dataclass(frozen=True)
class Entry:
    """A function of NumPy that may stand in a differentiated program.

    Attributes:
        name: how a program calls it.
        group: what kind it is of.
        operator: the operator for it, if there is one.
        note: a convention at a kink, or what is refused; may be empty.
    """

    name: str
    group: str
    operator: str = ""
    note: str = ""


def supported() -> tuple[Entry, ...]:
    """Every function with a rule, and every step, in groups.

    Returns:
        The entries, each group in the order of the alphabet.
    """
    groups: dict[str, Any] = {
        "element by element": ALL,
        "sums and shapes": {**LINEAR, **COMPOSED},
        "reductions": WEIGHTS,
        "products": PRODUCTS,
        "matrices": {**LINALG, np.linalg.norm: FUNCTIONS[np.linalg.norm]},
        "steps, of slope 0": FLAT | STEPS,
    }
    return tuple(
        Entry(_name(f), group, OPERATORS.get(f, ""), NOTES.get(f, ""))
        for group, functions in groups.items()
        for f in sorted(functions, key=_name)
    )


def _name(f: Any) -> str:
    return f"np.{f.__name__}" if isinstance(f, np.ufunc) else name_of(f)

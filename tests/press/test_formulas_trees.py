r"""Random expressions, printed as LaTeX, are read back with their value.

A tree is made by Hypothesis together with its value in NumPy; the printer
writes the brackets that a mathematician writes, and no others.
"""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from press.formulas import CheckError, check, read
from press.formulas.display import Formula
from press.formulas.evaluate import Evaluator
from press.formulas.mistakes import mistakes
from press.formulas.settings import Settings

fixed = settings(max_examples=80, derandomize=True, deadline=None)

SUM, PRODUCT, ATOM = 0, 1, 2
NUMBERS = {"a": 1.25, "b": -0.75, r"\lambda": 0.5, "c_1": 2.0}
VECTORS = {"x": [1.0, -2.0, 0.5], "y": [0.25, 1.5, -1.0]}
MATRICES = {
    "A": [[1.0, 2.0, 0.0], [0.5, -1.0, 1.0], [0.0, 1.0, 3.0]],
    "B": [[0.0, 1.0, 1.0], [2.0, 0.5, 0.0], [1.0, -1.0, 1.0]],
}
NAMES = {
    "a": 1.25, "b": -0.75, "lam": 0.5, "c1": 2.0,
    **{k: np.array(v) for k, v in (VECTORS | MATRICES).items()},
}  # fmt: skip


@dataclass(frozen=True)
class Printed:
    """LaTeX with its value, and how loosely it binds."""

    latex: str
    value: object
    binds: int = ATOM
    lone: bool = False  # a symbol, which may stand without brackets

    def at(self, least: int) -> str:
        """The LaTeX, in brackets if it binds more loosely than that."""
        if self.binds >= least:
            return self.latex
        return rf"\left( {self.latex} \right)"


def atoms(names):
    return st.sampled_from(sorted(names)).map(
        lambda k: Printed(k, np.asarray(names[k])[()], lone=True)
    )


numerals = st.sampled_from(["2", "3", "0.5", "10"]).map(
    lambda t: Printed(t, float(t))
)


def added(pair, sign):
    a, b = pair
    value = a.value + b.value if sign == "+" else a.value - b.value
    right = b.at(PRODUCT)
    return Printed(f"{a.latex} {sign} {right}", value, SUM)


def scaled(pair):
    a, b = pair
    return Printed(f"{a.at(ATOM)} {b.at(ATOM)}", a.value * b.value, PRODUCT)


def fraction(pair):
    a, b = pair
    assume(abs(b.value) > 1e-3)
    return Printed(rf"\frac{{{a.latex}}}{{{b.latex}}}", a.value / b.value)


def applied(pair):
    a, b = pair
    return Printed(f"{a.at(ATOM)} {b.at(ATOM)}", a.value @ b.value, PRODUCT)


def squared(a):
    return Printed(f"{a.at(ATOM) if a.lone else bracket(a)}^2", a.value**2)


def bracket(a):
    return f"({a.latex})"


def inner(pair):
    a, b = pair
    left = a.latex if a.lone else bracket(a)
    return Printed(rf"{left}^\T {b.at(ATOM)}", a.value @ b.value, PRODUCT)


def outer(pair):
    a, b = pair
    right = b.latex if b.lone else bracket(b)
    return Printed(
        rf"{a.at(ATOM)} {right}^\T", np.outer(a.value, b.value), PRODUCT
    )


def transposed(a):
    left = a.latex if a.lone else bracket(a)
    return Printed(rf"{left}^\T", a.value.T)


def norm(a):
    return Printed(rf"\norm{{{a.latex}}}", np.linalg.norm(a.value))


def absolute(a):
    return Printed(rf"\abs{{{a.latex}}}", abs(a.value))


def cosine(a):
    return Printed(rf"\cos({a.latex})", np.cos(a.value))


def summed(a):
    return Printed(
        rf"\sum_{{i=1}}^3 {a.latex}_i" if a.lone
        else rf"\sum_{{i=1}}^3 ({a.latex})_i",
        a.value.sum(), SUM,
    )  # fmt: skip


def traced(a):
    return Printed(rf"\tr({a.latex})", np.trace(a.value))


def pairs(a, b):
    return st.tuples(a, b)


numbers = st.deferred(
    lambda: st.one_of(
        atoms(NUMBERS), numerals,
        pairs(numbers, numbers).map(lambda p: added(p, "+")),
        pairs(numbers, numbers).map(lambda p: added(p, "-")),
        pairs(numbers, numbers).filter(unlike_numerals).map(scaled),
        pairs(numbers, numbers).map(fraction),
        numbers.map(squared), numbers.map(absolute), numbers.map(cosine),
        vectors.map(norm), pairs(vectors, vectors).map(inner),
        vectors.map(summed), matrices.map(traced),
    )
)  # fmt: skip
vectors = st.deferred(
    lambda: st.one_of(
        atoms(VECTORS),
        pairs(vectors, vectors).map(lambda p: added(p, "+")),
        pairs(vectors, vectors).map(lambda p: added(p, "-")),
        pairs(numbers, vectors).map(scaled),
        pairs(matrices, vectors).map(applied),
    )
)
matrices = st.deferred(
    lambda: st.one_of(
        atoms(MATRICES),
        pairs(matrices, matrices).map(lambda p: added(p, "-")),
        pairs(numbers, matrices).map(scaled),
        pairs(matrices, matrices).map(applied),
        pairs(vectors, vectors).map(outer),
        matrices.map(transposed),
    )
)


def unlike_numerals(pair):
    """Two numerals side by side are one number: 2 3 is not printed."""
    return not (pair[1].latex[0].isdigit() or pair[1].latex[0] == "-")


def tame(printed):
    size = np.max(np.abs(printed.value))
    return np.isfinite(size) and size < 1e8


printed = st.one_of(numbers, vectors, matrices).filter(tame)


@fixed
@given(printed)
def test_what_is_printed_is_read_back_with_its_value(tree):
    at = Evaluator(NAMES)
    found = at.value(read(tree.latex).parts[0].parts[0])
    assert np.shape(found) == np.shape(tree.value)
    close = 1e-11 * max(at.size, 1)
    assert np.allclose(found, tree.value, rtol=1e-11, atol=close)


@fixed
@given(printed)
def test_it_equals_itself_and_not_something_else(tree):
    names = {**NAMES, "Q": tree.value}
    held = Formula(f"{tree.latex} = Q", Settings()).outcome(names)
    assert held.holds
    names["Q"] = tree.value + 1e-6 * max(held.size, 1)
    missed = Formula(f"{tree.latex} = Q", Settings()).outcome(names)
    assert (missed.holds, missed.clear) == (False, True)


@fixed
@given(printed)
def test_every_misprint_is_told_or_refused_without_a_crash(tree):
    latex = f"{tree.latex} = Q"
    kinds = {}
    formula = Formula(latex, Settings())
    formula.outcome({**NAMES, "Q": tree.value}, kinds)
    for wrong in mistakes(latex, formula.tree, kinds)[:8]:
        assert wrong.latex != latex
        error = refusal(
            lambda m=wrong: Formula(m.latex, Settings()).outcome(
                NAMES | {"Q": tree.value}
            )
        )
        assert error is None or (error.what and error.fix)


def refusal(tried):
    """What an attempt is refused with, None if it is not."""
    try:
        tried()
    except CheckError as error:
        return error
    return None


ALPHABET = [
    *"abxAn123+-=<>()[]{}_^&,.!|/ '", r"\frac", r"\sum", r"\nabla", r"\T",
    r"\norm", r"\left(", r"\right)", r"\begin{pmatrix}", r"\end{pmatrix}",
    r"\\", r"\text{if }", r"\quad", r"\dd", r"\max", r"\lambda", r"\hat",
    r"\int", r"\E", r"\partial", r"\le", r"\in", r"\R", r"\dots", r"\sqrt",
    r"\cos", r"\Rightarrow", r"\infty", r"\bigO", r"\lim", r"\to",
]  # fmt: skip


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(ALPHABET), max_size=12).map(" ".join))
def test_whatever_is_typed_is_read_or_refused_with_advice(latex):
    error = refusal(lambda: check(latex, {**NAMES, "n": 3}))
    if error is not None:
        assert error.what
        assert error.fix
        assert -1 <= error.start <= error.end <= len(latex) + 1


@pytest.mark.parametrize("latex", ["", " ", r"\quad", "%", r"\text{so}", "."])
def test_an_empty_formula_says_nothing_that_could_be_wrong(latex):
    with pytest.raises(CheckError, match="nothing that could be wrong"):
        check(latex, {})

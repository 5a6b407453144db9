r"""The one-symbol mistakes of a formula: which there are, and that each
is made by one edit, is read as any formula is, and is refused."""

import numpy as np
import pytest

from press.formulas import CheckError, check
from press.formulas.check import Verdict
from press.formulas.display import Formula
from press.formulas.mistakes import mistakes
from press.formulas.settings import Settings
from press.formulas.tokens import tokens


def draw(rng):
    n, d = (int(k) for k in rng.permutation([2, 3, 4, 5])[:2])
    A, B = rng.normal(size=(2, n, n))
    x, y, v = rng.normal(size=(3, n))
    if rng.integers(4) == 0:
        y = rng.uniform(0.5, 2) * x
    a, b, c, t = rng.uniform(0.5, 2, size=4)
    return {
        "A": A, "B": B, "x": x, "y": y, "v": v, "a": a, "b": b, "c": c,
        "t": t, "n": n, "d": d, "X": rng.normal(size=(n, d)),
        "w": rng.normal(size=d), "theta": 3 * a, "lam": b, "k": 2,
        "f": lambda x: float(x @ A @ x), "S": A @ A.T + np.eye(n),
        "g": lambda s: s**3, "all_u": rng.normal(size=(20, n)),
        "r": lambda k: a * b**k, "s": rng.normal(size=(7, n)), "h": 0.1,
        "i": int(rng.integers(1, 3)), "j": int(rng.integers(1, 3)),
    }  # fmt: skip


def tried(latex, **settings):
    """The misprints of a formula by name, and the verdict."""
    names = {"draw": draw, "draws": 30, **settings}
    kinds = {}
    formula = Formula(latex, Settings(over=("s",)))
    for seed in range(30):
        formula.outcome(draw(np.random.default_rng(seed)), kinds)
    found = mistakes(latex, formula.tree, kinds)
    return found, check(latex, names)


COMPLETE = {
    "(a + b) c = a c + b c": {
        "+ → -", "+ → - #2", "= → \\ne", "a → b", "a → b #2", "b → c",
        "b → c #2", "c → a", "c → a #2", "c → a #3", "without + b",
        "without + b c", "without a", "without a +", "without a c +",
        "without b", "without c", "without c #2", "without c #3",
        "without (a + b)",
    },
    r"x^\T y = y^\T x": {
        "= → \\ne", "without ^\\T", "without ^\\T #2", "without x^\\T",
        "without y", "without y^\\T", "without x", "x → y", "y → x",
        "y → x #2", "x → y #2", "x^\\T and y exchanged",
        "y^\\T and x exchanged",
    },
    r"\frac{a}{b} = a b^{-1}": {
        "= → \\ne", "a → b", "b → a", "{a} and {b} exchanged", "- → +",
        "1 → 2", "without a", "without b^{-1}", "without ^{-1}",
        "b → a #2", "a → b #2",
    },
    r"\sqrt{a^2} = a": {
        "= → \\ne", "2 → 3", "without the root of {a^2}",
    },
    r"\cos^2 \theta + \sin^2 \theta = 1": {
        "\\cos → \\sin", "2 → 3", "+ → -", "\\sin → \\cos", "2 → 3 #2",
        "= → \\ne", "1 → 2", "without \\cos^2 \\theta +",
        "without + \\sin^2 \\theta",
    },
}  # fmt: skip


@pytest.mark.parametrize("latex", COMPLETE)
def test_a_formula_has_these_misprints_and_no_others(latex):
    found, _ = tried(latex, equal=dict.fromkeys(COMPLETE[latex], "listed"))
    assert {m.what for m in found} == COMPLETE[latex]


KINDS = [
    ("a - b = -(b - a)", "sign", "- → +"),
    (r"\abs{x^\T y} \le \norm{x} \norm{y}", "relation", "\\le → \\ge"),
    ("2 a = a + a", "numeral", "2 → 3"),
    ("a^3 = a a^2", "numeral", "3 → 4"),
    ("a^k = a a", "exponent", "without ^k"),
    (r"\sum_i x_i y_i = x^\T y", "index", "index i → i+1"),
    (r"(A B)_{ij} = \sum_k A_{ik} B_{kj}", "index",
     "index i → j"),
    (r"(A B)^\T = B^\T A^\T", "transpose", "without ^\\T"),
    (r"A^{-\T} = (A^\T)^{-1}", "transpose", "^{-\\T} → ^{-1}"),
    ("(a + b) c = a c + b c", "factor", "without c"),
    (r"(A B)^\T = B^\T A^\T", "order", "B^\\T and A^\\T exchanged"),
    (r"\sin(2 \theta) = 2 \sin(\theta) \cos(\theta)", "function",
     "\\cos → \\sin"),
    (r"\max_i x_i = -\min_i (-x_i)", "function", "\\max → \\min"),
    (r"\tr(A B) = \tr(B A)", "function", "\\tr → \\det"),
    (r"(x + y)^\T v = x^\T v + y^\T v", "symbol", "x → y"),
    (r"(a + b)^2 = a^2 + 2 a b + b^2", "term", "without + b^2"),
    (r"\frac{a}{b} = a b^{-1}", "fraction", "{a} and {b} exchanged"),
    (r"\norm{x} = \sqrt{x^\T x}", "root", "without the root of {x^\\T x}"),
    (r"\norm{x}_\infty = \max_i \abs{x_i}", "numeral", "\\infty → 1"),
    (r"\abs{a - b} = \pm (a - b)", "sign", "\\pm → +"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "kind", "what"), KINDS)
def test_a_misprint_of_each_kind_is_made_and_refused(latex, kind, what):
    found, verdict = tried(latex)
    assert {m.kind for m in found if m.what == what} == {kind}
    assert what not in {m.what for m in verdict.survivors}


ALL = [
    *(latex for latex, _, _ in KINDS),
    r"\norm{x + y}^2 = \norm{x}^2 + 2 x^\T y + \norm{y}^2",
    r"\abs{x^\T y} \le \norm{x} \norm{y}",
    r"\nabla f(x) = (A + A^\T) x",
    r"x^\T S x \ge x^\T x",
    r"g'(t) = 3 t^2",
    r"\tfrac1n \sum_i x_i = \frac{x_1 + \dots + x_n}{n}",
    r"r_{k+1} = b r_k",
    r"\frac{\dd}{\dd t} \exp(a t) = a \exp(a t)",
    r"\Var(s_1) = \E[s_1^2] - \E[s_1]^2",
    r"g(t + h) = g(t) + 3 t^2 h + \bigO{h^2}",
    r"""\nabla_w \left( \norm{X w}^2 + \lambda \norm{w}^2 \right)
       = 2 X^\T X w + 2 \lambda w""",
]


@pytest.mark.parametrize("latex", ALL)
def test_nearly_every_misprint_of_a_true_formula_is_refused(latex):
    _, verdict = tried(latex, over="s")
    left = [m.what for m in verdict.survivors]
    assert len(left) <= 1, left  # one that is true as well, at most
    assert verdict.refused + len(left) == verdict.mistakes
    assert verdict.mistakes >= 4


@pytest.mark.parametrize("latex", ALL)
def test_a_misprint_is_one_edit(latex):
    found, _ = tried(latex, over="s")
    assert len({m.latex for m in found}) == len(found)
    assert len({m.what for m in found}) == len(found)
    for m in found:
        assert m.latex != latex
        assert m.latex.startswith(latex[: m.start])
        assert m.latex.endswith(latex[m.end :])
        if m.kind in {"sign", "relation", "numeral", "function"}:
            assert len(tokens(latex)) == len(tokens(m.latex))


def test_what_is_the_same_on_both_sides_is_no_misprint():
    verdict = check("a = b", {"a": 2.0, "b": 2.0, "c": 1.0})
    assert (verdict.mistakes, verdict.refused) == (1, 1)  # a ≠ b


def test_a_misprint_that_is_true_is_listed_with_its_reason():
    names = {"draw": draw, "draws": 20}
    latex = r"\norm{x - y} = \norm{y - x}"
    survivors = {m.what for m in check(latex, names).survivors}
    assert survivors == set()
    latex = "(-a)^2 = a^2"
    (one,) = check(latex, names).survivors
    assert one.what == "- → +"
    verdict = check(
        latex, {**names, "equal": {"- → +": "a square has no sign"}}
    )
    assert not verdict.survivors
    assert verdict.equal == (("- → +", "a square has no sign"),)
    assert "1 equal by mathematics" in str(verdict)


def test_a_bound_that_is_loosened_passes_only_where_it_is_never_reached():
    latex = r"\abs{x^\T y} \le \norm{x} \norm{y}"

    def apart(rng):
        return {"x": np.array([1.0, rng.uniform()]), "y": np.array([0, 1.0])}

    loose = r"\abs{x^\T y} \le 2 \norm{x} \norm{y}"
    assert check(latex, {"draw": draw}).attained
    assert not check(loose, {"draw": draw, "draws": 5}).attained
    strict = {m.what for m in check(loose, {"draw": apart}).survivors}
    assert "2 → 3" in strict
    verdict = check(loose, {"draw": apart, "weaker": "any factor above 1"})
    assert ("2 → 3", "any factor above 1") in verdict.equal


def test_a_misprint_near_the_tolerance_is_neither_refused_nor_passed():
    def near(rng):
        return {"a": 1.0, "b": 1.0 + 2e-9, "z": rng.uniform(2, 3)}

    verdict = check("a z + b = z + b", {"draw": near})
    (unclear,) = verdict.unclear
    assert unclear in verdict.survivors
    assert unclear.what == "a → b"


def test_the_verdict_is_said_in_one_line():
    verdict = check("(a + b) c = a c + b c", {"draw": draw, "draws": 12})
    assert isinstance(verdict, Verdict)
    assert str(verdict) == (
        "read from the formula, holds at 12 draws; 20 of 20 one-symbol "
        "mistakes refused"
    )


def test_a_false_formula_is_not_tried_with_misprints():
    with pytest.raises(CheckError, match="does not hold"):
        check("(a + b) c = a c - b c", {"draw": draw})

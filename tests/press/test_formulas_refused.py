r"""What is refused, in which words, and at which place of the formula."""

import numpy as np
import pytest

from press.formulas import CheckError, FormulaError, check, read

rng = np.random.default_rng(3)
NAMES = {
    "A": rng.normal(size=(3, 3)), "M": rng.normal(size=(4, 3)),
    "x": rng.normal(size=3), "u": rng.normal(size=4), "a": 1.3, "b": -0.7,
    "c": 2.1, "n": 3, "theta": 0.8, "huge": 1e200, "zero": 0.0,
    "f": lambda x: float(x @ x), "word": "w", "T": rng.normal(size=(2, 2, 2)),
    "fails": lambda _: {}["lost"],
    "d": lambda k: 2.0**k, "U": rng.normal(size=2),
}  # fmt: skip

UNREADABLE = [
    # what, the part that is marked, the message
    ("a = b +", "", "the formula ends here; write a value"),
    ("a = (b", "", r'"\)" is missing here; close what is open'),
    ("a = b)", ")", r'"\)" is not read here'),
    (r"a = \frac{b}", "", "the formula ends here"),
    (r"a = \frac{b}{c", "", r'"}" is missing here'),
    (r"\norm{a = b", "", r'"}" is missing here'),
    ("a = = b", "=", '"=" is not read here'),
    (r"a = \quux b", r"\quux", '"quux" is not read here'),
    (r"a = \sqrt[3]{b}", "[", r"a root with an index; write a power 1/n"),
    (r"a = \sum x_i", "x", r"\\sum runs over nothing; write its index below"),
    (r"a = \max x", "x", r"\\max of what\?; write an index or parentheses"),
    (r"\int x \dd x = 1", "x", "an integral without bounds; write them"),
    (r"\nabla^3 f = 0", "f", r"a power of ∇ that is not 2"),
    (r"\nabla \nabla f = 0", r"\nabla", r"∇ of ∇; write \\nabla\^2"),
    (r"a = x_12", "12", "only the 1 is raised or lowered; put braces"),
    ("a = x^12", "12", "only the 1 is raised or lowered; put braces"),
    ("a = b^2^3", "^3", "a power of a power; put parentheses"),
    ("a^2' = b", "=", "a prime on a power"),
    ("a = b / c x", "b / c x", r"a / b c is read in two ways; write \\frac"),
    ("a = b / c / 2", "b / c / 2", "a / b c is read in two ways"),
    (r"\cos\theta x = a", r"\cos\theta x", r"where does the argument"),
    (r"\log(a)^2 = b", "^", "the power is of the bracket or"),
    (r"\nabla (a b)^2 = 0", "^", "the power is of the gradient or of its"),
    (r"\frac{\dd^2 f}{\dd x} = 1", r"\frac{\dd^2 f}{\dd x}",
     "a derivative of order 2 in 1 variables; count them again"),
    (r"f \circ g = a", r"\circ", r"∘ is not read; write f\(g\(x\)\)"),
    (r"a \star b = c", r"\star", "this product is not read; name the whole"),
    (r"f(x_1, \dots, x_n) = 1", r"\dots", "dots between arguments are not"),
    (r"a = b \text{ or } a = c", r"\text{ or }",
     '"or" between formulas is not read; say it in the sentence'),
    (r"\Rightarrow a = b", r"\Rightarrow", "a side of ⇒ that is no relation"),
    (r"\frac{a \text{ of it}}{b} = c", r"\text{ of it}",
     r"words behind a value; put the whole name in one \\text"),
    (r"a \in 3", "3", r"this is not read as a set; write \[a, b\]"),
    (r"a \in [1, 2", "", "an interval is open; close it"),
    (r"\begin{pmatrix} a = b", "", "."),
    (r"\hat 3 = a", "3", '"3" is no name; write a letter'),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "marked", "message"), UNREADABLE)
def test_what_is_not_read_is_told_at_its_place(latex, marked, message):
    with pytest.raises(FormulaError, match=message) as found:
        read(latex)
    error = found.value
    assert error.fix
    assert error.end > error.start or not marked
    assert latex[error.start : error.end].strip() == marked


NO_VALUE = [
    ("q = a", "q", "q has no value; give q in the check, or say what it is"),
    (r"\hat x = x", r"\hat x", "x_hat has no value; give x_hat"),
    (r"x^\star = x", r"x^\star", "x_star has no value"),
    ("W_1 = A", "W_1", "W1 has no value"),
    (r"\text{cost} = a", r"\text{cost}", "cost has no value"),
    ("A u = x", "A u", r"shape \(3, 3\) and a vector of 4 side by side"),
    ("x x = a", "x x", "a vector of 3 and a vector of 3 side by side"),
    (r"x + u = x", "x + u", "a vector of 3 and a vector of 4 added"),
    (r"x \odot u = x", r"x \odot u", "a vector of 3 and a vector of 4 entry"),
    ("x^\\T + x = x", "x^\\T + x", "a row of 3 and a vector of 3 added"),
    (r"\frac{x}{u} = x", r"\frac{x}{u}", "one over the other"),
    ("x = A", "x = A", r"a vector of 3 on the left, shape \(3, 3\) on the r"),
    ("x = a", "x = a", "a vector of 3 on the left, a number on the right"),
    ("x^\\T = x", "x^\\T = x", "a row of 3 on the left, a vector of 3 on the"),
    ("M^2 = M", "M^2", r"a power of shape \(4, 3\)"),
    (r"M \succeq 0", r"M \succeq 0", "in an order between matrices"),
    (r"A \succeq 0", r"A \succeq 0", "not symmetric, in an order"),
    (r"\norm{A} = a", r"\norm{A}", r"which norm of shape \(3, 3\)\?; write"),
    ("x_4 = a", "x_4", "index 4 of 3, counted from 1; mend the index"),
    ("x_{a} = a", "{a}", "an index that is 1.3; count from 1"),
    ("x_{1,2} = a", "x_{1,2}", "2 indices for a vector of 3; count the axes"),
    (r"\frac{a}{c - c} = a", "{c - c}", "a zero below the line; keep the"),
    (r"\frac{a}{a + c - 3.4} = a", "{a + c - 3.4}", "a zero below"),
    (r"\sqrt{b} = a", r"\sqrt{b}", "the root of a negative number; keep"),
    (r"\log b = a", r"\log b", "the logarithm of a number that is not p"),
    (r"\arccos(c) = a", r"\arccos(c)", r"not a number \(nan\); keep the draw"),
    (r"e^{1000} = a", "e^{1000}", "this is infinite; keep the draw"),
    (r"\exp(1000 a) = a", r"\exp(1000 a)", "infin"),
    (r"b! = a", "b!", "the factorial of -0.7; give a whole number"),
    (r"\nabla_q f = x", "q", "q has no value"),
    (r"\nabla_x \left( A x \right) = A", r"\nabla_x \left( A x \right)",
     "∇ of something that is not a number; write the Jacobian"),
    (r"\E[a] = a", r"\E", r"\\E over what\?; name the samples"),
    (r"\sum_i a = b", r"\sum_i a", r"where i starts and ends is not said"),
    (r"\sum_{ij} A_{ij} = b", "{ij}", "two indices side by side; write i, j"),
    (r"\max_{i > 3} x_i = a", r"\max_{i > 3} x_i", r"\\max over nothing"),
    (r"a \to b, \quad a = b", r"a = b", "does not hold"),
    (r"\lim_{q = 0} q = a", r"\lim_{q = 0} q", r"a limit to what\?"),
    (r"a = b + \bigO{q^2}", "{q^2}",
     "an order in what"),
    ("a", "a", "nothing that could be wrong was read"),
    ("a + b", "a + b", "this says nothing that could be wrong"),
    (r"\dd q = a", r"\dd q", "dq has no value"),
    (r"\text{fails}(x) = a", r"\text{fails}(x)",
     "KeyError: 'lost'; look at the values"),
    (r"\begin{cases} 1 & a < b \end{cases} = a",
     r"\begin{cases} 1 & a < b \end{cases}", "no case applies; cover all"),
    ("x_1 + x_3 + \\dots + x_n = a", "x_3", "does not go on to the last"),
    (r"a = \text{word}", r"\text{word}", "this is no number; give numbers"),
    ("r = s, \\quad s = r", "r = s, \\quad s = r", "nothing was compared"),
    (r"a = b \quad \text{if } a < b", "a < b", "the draw violates this cond"),
    (r"A^\T T = A", "A^\\T T", "side by side"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "marked", "message"), NO_VALUE)
def test_what_has_no_value_is_told_with_the_part(latex, marked, message):
    with pytest.raises(CheckError, match=message) as found:
        check(latex, NAMES)
    error = found.value
    assert error.fix
    assert latex[error.start : error.end].strip() == marked


SETTINGS = [
    ({"rtol": 1e-3}, "a tolerance without a reason; say why with because"),
    ({"atol": 1e-3}, "a tolerance without a reason"),
    ({"rtol": 1.0, "because": "…"}, "an rtol of 1 or more; it compares"),
    ({"rtol": "1e-3"}, "rtol is '1e-3'"),
    ({"rtol": -1.0, "because": "…"}, "a negative tolerance"),
    ({"draws": 0}, "no draw at all"),
    ({"draws": 2.5}, "draws is 2.5"),
    ({"where": "a"}, "where is 'a'"),
    ({"equal": ["+ → −"]}, "equal is"),
    ({"draw": lambda _: [1]}, "draw returns list; return a dict of names"),
    (
        {"draw": lambda _: 1 / 0},
        "draw raises ZeroDivisionError: .*, at seed 0",
    ),
    ({"draw": 3}, "draw is 3"),
    ({"reached": 0.5}, "no inequality"),
]


@pytest.mark.parametrize(("settings", "message"), SETTINGS)
def test_a_setting_that_says_nothing_is_refused(settings, message):
    with pytest.raises(CheckError, match=message):
        check("a + b = b + a", {"a": 1.0, "b": 2.0, **settings})


def test_a_check_that_binds_nothing_is_refused():
    with pytest.raises(CheckError, match="a has no value"):
        check("a + b = b + a", {})


def test_a_check_at_which_every_mistake_holds_is_refused():
    with pytest.raises(CheckError, match="a check that cannot fail"):
        check("a + b = b + a", {"a": 0.0, "b": 0.0})


def test_a_premise_that_no_draw_meets_is_refused():
    with pytest.raises(CheckError, match="the premise holds at no draw"):
        check(r"a < b \Rightarrow a^2 < b^2", {"a": 2.0, "b": 1.0})


def test_a_bound_that_is_never_near_is_refused():
    names = {"a": 1.0, "b": 2.0, "reached": 0.1}
    with pytest.raises(
        CheckError, match=r"reached to 0\.5 at best, not to 0\.1"
    ):
        check(r"a \le b", names)


def test_the_draw_that_refuses_is_named():
    def draw(rng):
        return {"a": float(rng.integers(0, 2)), "b": 0.0}

    with pytest.raises(CheckError, match=r"at draw \d+ of 100.*mend") as found:
        check("a = b", {"draw": draw})
    assert "1.0 on the left, 0.0 on the right" in found.value.what

"""What is a numeral, what holds it, and what a wrong one is told."""

from pathlib import Path

import numpy as np
import pytest

from press import (
    arithmetic,
    figures,
    literals,
    numbers,
    numerals,
    shown,
    tally,
    wording,
)
from press.bless import bless
from press.book import Book
from press.execute import PageRun
from press.lint import check
from press.marks import anchor, marks, plain, program_of
from press.page import parse
from press.problems import PressError
from press.programs import role
from press.suggest import suggestions

SENTENCE = "How fast is it?"


def numbers_of(text):
    return [n.text for n in shown.bare(parse(text, Path("p.md")))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It takes 600 steps.", ["600"]),
        ("It takes 6 steps.", []),
        ("A slope of 0.5 and of .25 here.", ["0.5", ".25"]),
        ("It keeps 5 % of it.", ["5 %"]),
        ("It keeps 5 percent.", ["5 percent"]),
        ("It has 1,000,000 entries.", ["1,000,000"]),
        ("A step of 1e-7.", ["1e-7"]),
        ("A step of 10⁻³ or 2 × 10⁻³.", ["10⁻³", "2 × 10⁻³"]),
        ("About 2⁵² of x² and x¹⁰.", ["2⁵²"]),
        ("A 32nd of it, 1/32, and 1/4.", ["32", "1/32"]),
        ("From 10 to 20, 10–20.", ["10", "20", "10", "20"]),
        ("Minus −12, ±25 and -30.", ["12", "25", "30"]),
        ("The layer is 30×40.", ["30", "40"]),
        ("In (10, 20), [30]: 40.", ["10", "20", "30", "40"]),
        ("It is `0.25` here, not `x[10]` or `f(10)`.", ["0.25"]),
        ("A shape `(32, 64)`, `[1, 2]`.", ["32", "64"]),
        ("It took $25.", ["25"]),
        ("| 25 | `3.5` |\n|---|---|\n| 1 | 44 |", ["25", "44", "3.5"]),
        ("### The 95 percent rule", ["95 percent"]),
        ("1. one\n10. ten\n11) eleven", []),
        ("- 10 things", ["10"]),
        ("float64, L2, conv2d, x10 and v1.25.", []),
        ("ResNet-50 on CIFAR-10.", []),
        ("Python 3.11, NumPy 2.0 and SciPy ≥ 1.14.", []),
        ("A 64-bit float by IEEE 754.", []),
        ("A 100-dimensional one.", ["100"]),
        ("See [ten](page-10.md#a-20) of <https://x.org/123>.", []),
        ("See https://x.org/123 there.", []),
        ("See [the 30 rules](page.md).", ["30"]),
        ('A <span id="a20" style="top: 30px">40</span>.', ["40"]),
        ("See [@key, section 3.12] there.", []),
        ("Read section 3.12 of [@key]. The section 4.5 is mine.", ["4.5"]),
        (r"By \eqref{claim:a-10} and \ref{fig:b20}.", []),
        ('Text.{ .class-20 data-x="30" }', []),
        ("It has {press:chapters} chapters.", []),
        ("A formula $x^{10}$ of it.", ["x^{10}"]),
        ("A formula $x_{10} + x_1$ of it.", []),
        (r"A formula $\tfrac12 x$ of it.", []),
        (r"A formula $\tfrac1{12} x$ of it.", [r"\tfrac1{12} x"]),
        (r"A formula $0.5 x$, $10^3$ or $5\%$.", ["0.5 x", "10^3", r"5\%"]),
        (r"A bare $64 \times 64$.", [r"64 \times 64"]),
        (r"A relation $\kappa = 100$, $0 \le x \le 12$.", []),
        (r"A truth $0.5^{10} < 10^{-3}$.", []),
        (r"A set $x \in [0, 12]$.", [r"x \in [0, 12]"]),
        ("/// note | The 20 rules\n\nText.\n///", ["20"]),
        ("/// figure | curve20\n    alt: At 0.3 it bends.\n\nAt 0.4.\n///",
         ["0.3", "0.4"]),
        ("/// html | div.book-20\n\nText.\n///", []),
        ("``` {.python}\nx = 100\n```\n\n``` {.text .output}\n100\n```", []),
        ("$$\nx^{10} = 100 \\label{claim:a}\n$$", []),
        ("---\ntitle: The 20 rules\n---\n\nText.", ["20"]),
        ('It is `25`{ .claim of="x" } or `30`{ .given of="x" }.', []),
        ('It is $x = 25${ .given as="x" }, $2^{10}${ .claim of="y" }.', []),
        ("**600**, _700_, *800*, ~900, x=100.",
         ["600", "700", "800", "900", "100"]),
        ("A dash &#8722;5 and &nbsp;6.", []),
        ("A share of 5 ‰.", ["5 ‰"]),
        ("In ``600`` or ` 700 `, not ``x = 600``.", ["600", "700"]),
        ('A `600` { .claim of="x" }.', ["600"]),
        ('A `600`{ claim of="x" }.', ["600"]),
        ('A `600`{ .claims of="x" }.', ["600"]),
        ('A `600`{ .claim\nof="x" }.', ["600"]),
        ('A <code>600</code>{ .claim of="x" }.', ["600"]),
        ("A [^12] note.\n\n[^12]: It took 600.", ["600"]),
        (r"A sum $\sum_{k=1}^{600} k$.", [r"\sum_{k=1}^{600} k"]),
        (r"A sum $\sum_{k=10}^n k$.", [r"\sum_{k=10}^n k"]),
        (r"A $\text{600 steps}$.", [r"\text{600 steps}"]),
        (r"A $\text{float64}$.", []),
        ("---\ntitle: A\ndescription: >\n  The 20\n  rules\n---\n", ["20"]),
        ('## Sum { data-toc-label="Sum of 20" }', ["20"]),
        ("It took 1 000 000 steps.", ["000", "000"]),
        ('It is `25`{ .clam of="x" }.', ["25"]),
    ],
)  # fmt: skip
def test_what_is_a_numeral(text, expected):
    assert sorted(numbers_of(text)) == sorted(expected)


def test_a_numeral_knows_its_column():
    (found,) = shown.bare(parse("It takes 600 steps.", Path("p.md")))
    assert (found.line, found.column, found.where) == (1, 10, "prose")
    (found,) = shown.bare(parse("It is `0.25` here.", Path("p.md")))
    assert (found.column, found.where) == (8, "a code span")


@pytest.mark.parametrize(
    ("latex", "value"),
    [
        ("100", 100), ("1{,}000", 1000), ("4,000", 4000), ("-2.5", -2.5),
        (r"10^{-3}", 1e-3), (r"2.5 \cdot 10^{-3}", 2.5e-3), ("2^{10}", 1024),
        (r"\tfrac12", 0.5), (r"\frac{1}{12}", 1 / 12), (r"3 \times 4", 12),
        (r"\sqrt{16}", 4), (r"\sqrt2", 2**0.5), ("5!", 120), (r"25\%", 0.25),
        (r"\ln 10", np.log(10)), (r"\log_{10} 1000", 3), (r"2\pi", 2 * np.pi),
        (r"e^2", np.e**2), ("(1 + 2)(3 + 4)", 21), ("|2 - 5|", 3),
        (r"\left(1 - \tfrac1{10}\right)^2", 0.81), ("1/4", 0.25),
        (r"\lfloor 7/2 \rfloor", 3), (r"\lceil 7/2 \rceil", 4), ("-3^2", -9),
        ("2 - 3 - 4", -5), (r"\cos 0", 1), ("8/2/2", 2), (r"2 \cdot -3", None),
    ],
)  # fmt: skip
def test_arithmetic_is_read(latex, value):
    found = arithmetic.closed(latex)
    assert found is None if value is None else np.isclose(found, value)


SPACE = {
    "kappa": 100.0, "lam": 25, "x0": 3.5, "x_star": 0.125, "n": 4000,
    "learning_rate": 0.01, "A": np.diag([12.0, 3.0]), "x": np.array([0.5, 12]),
    "f": lambda x: x**2, "y_hat": 10.5, "beta1": 0.9,
}  # fmt: skip


def lookup(names):
    for name in names:
        if name in SPACE:
            return SPACE[name]
    raise arithmetic.UnreadError(names[0])


@pytest.mark.parametrize(
    ("latex", "true"),
    [
        (r"\kappa = 100", True), (r"\kappa = 101", False),
        (r"\lambda = 25", True), (r"x_0 = 3.5", True), ("x_0 = 3.6", False),
        (r"x^\star = 0.125", True), (r"x_{\star} = 0.125", True),
        ("x^* = 0.13", True), ("x^* = 0.11", False), ("n = 4,000", True),
        ("n = 4{,}001", False), (r"\alpha = 0.01", True),
        (r"\alpha = 10^{-2}", True), (r"\alpha = 10^{-3}", False),
        (r"\alpha \ll 10", True), (r"\beta_1 = 0.9", True),
        (r"\det A = 36", True), (r"\det A = 37", False),
        (r"x = (0.5, 12)", True), ("x = (0.5, 13)", False),
        (r"0 \le x \le 12", True), (r"0 \le x \le 11", False),
        (r"1 \le x \le 12", False), (r"f(12) = 144", True),
        (r"f(12) = 145", False), (r"\hat y \approx 10.5", True),
        (r"\hat{y} \approx 10.6", False), (r"\kappa \gg 10", False),
        (r"\kappa \gg 5", True), (r"\kappa > 100", False),
        (r"\kappa \ge 100", True), (r"\kappa \ne 100", False),
        (r"\kappa = 100, n = 4,000", True), (r"\kappa = 100, n = 40", False),
        (r"2\kappa = 200", True), (r"\sqrt\kappa = 10", True),
        (r"\sqrt\kappa = 11", False), (r"\norm{A x} > 30", True),
        (r"0.5^{10} < 10^{-3}", True), (r"0.5^{10} > 10^{-3}", False),
        (r"2^{10} = 1024", True), (r"2^{10} = 1025", False),
        (r"\lambda^2 = 5^4", True), (r"n = 4 \cdot 10^3", True),
        (r"1/3 \approx 0.33", True), (r"1/3 \approx 0.34", False),
    ],
)  # fmt: skip
def test_a_relation_is_compared(latex, true):
    assert arithmetic.is_relation(latex)
    assert bool(arithmetic.holds(latex, lookup)) is not true


@pytest.mark.parametrize(
    ("latex", "value", "true"),
    [
        (r"-1022 \le q \le 1023", [-1022, 1023], True),
        (r"-1022 \le q \le 1073", [-1022, 1023], False),
        (r"-1032 \le q \le 1023", [-1022, 1023], False),
        (r"-1022 \le q \le 1023", 5, True),
        (r"x = (3, 4)", np.array([3.0, 4.0]), True),
        (r"x = (3, 5)", np.array([3.0, 4.0]), False),
    ],
)
def test_a_list_has_a_number_for_each_one_shown(latex, value, true):
    assert numbers.math_agrees(latex, value) is true


@pytest.mark.parametrize(
    "latex",
    [
        r"q = 100", r"x = \dots 10", r"x^{10^{10}} = 10", r"\foo = 10",
        "x = 10 +",
    ],
)  # fmt: skip
def test_what_is_not_read_is_said(latex):
    with pytest.raises(arithmetic.UnreadError):
        arithmetic.holds(latex, lookup)


@pytest.mark.parametrize(
    ("phrase", "value", "true"),
    [
        ("twice", 2.0, True), ("twice", 2.1, False),
        ("about twice", 2.1, True),
        ("about twice", 2.3, False), ("half", 0.5, True), ("half", 0.6, False),
        ("a third", 1 / 3, True), ("two thirds", 2 / 3, True),
        ("three quarters", 0.75, True), ("three quarters", 0.7, False),
        ("three times", 3, True), ("three times", 4, False),
        ("ten times", 10.05, True), ("tenfold", 10, True),
        ("a hundredfold", 100, True), ("a hundred", 100, True),
        ("a hundred", 101, False), ("two hundred", 200, True),
        ("forty thousand", 40_000, True), ("forty-two", 42, True),
        ("a million", 10**6, True), ("2.5 billion", 2.5e9, False),
        ("more than half", 0.51, True), ("more than half", 0.5, False),
        ("less than a tenth", 0.09, True), ("less than a tenth", 0.1, False),
        ("more than four", 4.5, True),
        ("more than four", 9, False), ("less than ten", 4.9, False),
        ("less than ten", 5.1, True), ("more than 0", 7, True),
        ("at least four", 9, True), ("at least ten", 10, True),
        ("at most ten", 11, False),
        ("nearly half", 0.48, True), ("nearly half", 0.51, False),
        ("almost 100", 99, True), ("over 100", 99, False),
        ("at most 10⁻⁸", 2e-11, True), ("at most 10⁻⁸", 2e-8, False),
        ("never", 0, True), ("never", np.array([0, 1]), False),
        ("always", True, True), ("always", np.array([1, 1]), True),
        ("always", 0.99, False), ("no difference", 1e-12, True),
        ("no difference", 1e-3, False), ("no difference", True, True),
        ("no difference", False, True), ("about 5 percent", 0.052, True),
        ("about 5%", 0.06, False), ("twice", np.array([2.0, 2.0]), False),
        ("twice", float("nan"), False), ("once", 1, True), ("no", 0, True),
        ("one", "water", False), ("never", "water", False),
    ],
)  # fmt: skip
def test_words_are_compared(phrase, value, true):
    assert wording.holds(phrase, value) is true


def test_words_that_say_no_number_are_not_understood():
    for phrase in ("blue", "the half", "more than", "and so on"):
        assert not wording.understood(phrase)


@pytest.mark.parametrize(
    ("shown", "value", "new"),
    [
        ("0.31", 0.42, "0.42"), ("4,000", 5123.0, "5,123"),
        ("11%", 0.2, "20%"),
        ("3 × 10⁻²", 0.05, "5 × 10⁻²"), ("−2.5", -3.14, "−3.1"),
        ("10⁻³", 1e-4, "10⁻⁴"), ("1e-7", 3e-9, "3e-9"),
    ],
)  # fmt: skip
def test_a_number_is_written_in_its_format(shown, value, new):
    assert literals.like(shown, value, math=False) == new


@pytest.mark.parametrize(
    ("shown", "value", "new"),
    [
        (r"\kappa = 100", 250.2, r"\kappa = 250"),
        ("10^{-3}", 1e-5, "10^{-5}"),
        (r"2.5 \cdot 10^{-3}", 3.14e-2, r"3.1 \cdot 10^{-2}"),
        (r"x \in [10, 12]", 3, r"x \in [10, 12]"), (r"11\%", 0.2, r"20\%"),
    ],
)  # fmt: skip
def test_a_formula_is_written_in_its_format(shown, value, new):
    assert literals.like(shown, value, math=True) == new


CODE = """\
lam, (a, b) = 25, (0.1, 1 / 32)
rows = [10, 20]
problem.rate = 0.75
table = {"size": 64}
def f(x, *, h=1e-3):
    return x**12 - 7.5 * x
for rate in (0.01, -0.5):
    run(rate, num_steps=300)
"""


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("lam", {25}), ("a", {0.1}), ("b", {1 / 32, 1, 32}),
        ("rows", {10, 20}),
        ("problem.rate", {0.75}), ("size", {64}), ("h", {1e-3}),
        ("f", {12, 7.5, 1e-3}), ("rate", {0.01, -0.5}), ("num_steps", {300}),
    ],
)  # fmt: skip
def test_what_a_program_binds_to_a_name(name, numbers):
    tree = literals.ast.parse(CODE)
    assert set(literals.bound(tree, name)) == numbers


def test_a_name_that_a_program_does_not_bind():
    assert literals.bound(literals.ast.parse(CODE), "mu") is None


def problems(root):
    book = Book(root)
    found, page = list(check(book)), book.pages[0]
    run = PageRun(root, page)
    for fence in page.fences:
        if fence.is_python and role(page, fence) != "notest":
            try:
                run.verify(fence.line)
            except PressError as error:
                found += error.problems
    return [str(p) for p in sorted(set(found))]


NUMBERS = """

def numbers():
    return {"angle": 63.4349, "path": [0.25, 0.75]}
"""
HINT = "/// hint\n\nMultiply."
CAPTION = "The slope of a straight line is the same everywhere."
ALT = "rising by two for each step."

RIGHT = [
    (SENTENCE, 'Below, `3.0`{ .claim of="t.sum()" at="below" }'),
    ("The slopes add", '`1.5`{ .claim of="t.mean()" }. The slopes add'),
    ("The slopes add", '`half`{ .claim of="t[0] / t[1]" }. The slopes add'),
    ("The slopes add", '`doubles`{ .claim of="t[1] / t[0]" says="2" }. The'),
    ("The slopes add", '`50 %`{ .claim of="t[0] / t[1]" }. The slopes add'),
    ("The slopes add", '`2.0`{ .given of="t" }. The slopes add'),
    (
        "The slopes add",
        '$t_0 = 12${ .given as="q" }, so `24`{ .claim of="2 * q" }. The',
    ),
    ("The slopes add", "$t = (1.0, 2.0)$. The slopes add"),
    ("The slopes add", "$0.5 < t < 2.5$. The slopes add"),
    ("The slopes add", "$\\varepsilon = 2^{-52}$. The slopes add"),
    ("The slopes add", '$s \\in [0, 0.5]${ .claim of="[t[0] / 2]" }. The'),
    ("The slopes add", '$2 s = 6.0${ .claim of="2 * t.sum()" }. The'),
    ("The slopes add", "$2^{10} = 1024$. The slopes add"),
    ("The slopes add", "In 1687 it was new [@newton1687]. The slopes add"),
    ("The slopes add", '`42`{ .fact source="newton1687" }. The slopes add'),
    ("The slopes add", '| `1.5`{ .claim of="t.mean()" } |\n|---|\n\nThe'),
    (
        "## The slope of a square",
        '## `1.5`{ .claim of="t.mean()" } { #the-slope-of-a-square }',
    ),
    (HINT, '/// hint\n\nThen `20`{ .claim of="double(10)" at="below" }.'),
    ("///\n////", '\n`20`{ .claim of="double(10)" }.\n///\n////'),
    ("Go back", '`20`{ .claim of="double(10)" at="ex:double" }. Go back'),
    ("Go back", '`3.0`{ .claim of="t.sum()" at="#slopes" }. Go back'),
    (CAPTION, '`63`{ .claim of="angle" }. ' + CAPTION),
    (CAPTION, '$x = 0.75${ .claim of="path[-1]" }. ' + CAPTION),
    (ALT, 'rising by `0.75`{ .claim of="path[-1]" } for each step.'),
    ("Go back", '`63`{ .claim of="angle" at="fig:line" }. Go back'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), RIGHT)
def test_every_form_holds_where_it_is_true(tiny, edit, old, new):
    path = tiny / "snippets/slopes/figures/line.py"
    path.write_text(path.read_text("utf8") + NUMBERS, "utf8")
    edit(old, new)
    assert problems(tiny) == []


WRONG = [
    ('`1.6`{ .claim of="t.mean()" }', r't.mean() is 1.5, the page says "1.6"'),
    ('`twice`{ .claim of="t[0] / t[1]" }', 'is 0.5, the page says "twice"'),
    ('`a lot`{ .claim of="t[1]" says="more than 2" }', '"more than 2"'),
    ('`2.5`{ .given of="t" }', 'gives "2.5", the program sets t to 1, 2'),
    ('`25`{ .given of="lam" }', 'no program here sets "lam"'),
    ('`25`{ .given as="q" }', 'no claim below uses the given "q"'),
    ('`[25, 26]`{ .given as="q" }', "2 numbers"),
    ("$t = (1.0, 2.5)$", "is not so"),
    (r"$\kappa = 100$", "no kappa in the program above"),
    (r"$t = \dots 10$", "typed by hand, in formula"),
    ("$2^{10} = 1025$", "1024 = 1025 is not so"),
    ('$2 s = 6.1${ .claim of="2 * t.sum()" }', 'the page says "2 s = 6.1"'),
    ('$t \\in [1, 2.5]${ .claim of="t[1]" }', "the page says"),
    ('`42`{ .fact source="leibniz1684" }', "which is no reference"),
    ("`42`{ .fact }", "which is no reference"),
    ("In 1688 it was new [@newton1687].", '"1688" in column 4 is typed'),
    ("In 1687 it was new. [@newton1687] says so.", '"1687" in column 4'),
    ('`1.5`{ .claim of="t.mean()" at="fig:curve" }', 'no figure "fig:curve"'),
    ('`1.5`{ .claim of="t.mean()" at="above" }', "where no program is"),
    ('`1.5`{ .claim of="t.mean()" at="#nowhere" }', "where no program is"),
    ('`1.5`{ .claim .hidden of="t.mean()" }', "hidden, which means nothing"),
    ('`1.5`{ .claim of="t.mean()" about="10%" }', "about, which means"),
    ("It is 600.", '"600" in column 7 is typed by hand, in prose'),
    ("It is `0.25`.", '"0.25" in column 8 is typed by hand, in a code span'),
    ("It is $x^{10}$.", '"x^{10}" in column 8 is typed by hand, in formula'),
    ("It has {press:pages}.", "nothing that the build counts; use one of"),
]  # fmt: skip


@pytest.mark.parametrize(("new", "says"), WRONG)
def test_every_form_is_refused_where_it_is_false(tiny, edit, new, says):
    line = edit("The slopes add", f"{new}\n\nThe slopes add")
    (found,) = problems(tiny)
    assert says in found
    assert found.startswith(f"docs/slopes.md:{line}: ")


def test_a_page_that_is_held_to_it_later_is_only_counted(tiny, edit):
    edit("The slopes add", r"600, $\kappa = 100$. The slopes add")
    (tiny / "pyproject.toml").write_text('[tool.press]\nlater = ["slopes"]\n')
    assert problems(tiny) == []
    book = Book(tiny)
    assert numerals.counts(book, book.pages[0]) == {
        "claimed": 1,
        "given": 0,
        "relations": 0,
        "facts": 0,
        "unclaimed": 2,
    }


def test_every_kind_is_counted(tiny, edit):
    edit(
        "The slopes add",
        '`2.0`{ .given of="t" }, $0 < t < 2.5$, $2^{10} = 1024$, '
        "1687 [@newton1687] and 600. The slopes add",
    )
    book = Book(tiny)
    assert list(numerals.counts(book, book.pages[0]).values()) == [
        1, 1, 2, 1, 1,
    ]  # fmt: skip


def test_bless_fills_in_every_place(tiny, edit):
    path = tiny / "snippets/slopes/figures/line.py"
    path.write_text(path.read_text("utf8") + NUMBERS, "utf8")
    edit(CAPTION, '`0`{ .claim of="angle" }. ' + CAPTION)
    edit(ALT, '`0.0`{ .claim of="path[-1]" } for each of its steps.')
    edit(SENTENCE, '`9.9`{ .claim of="t[0]" at="below" } and `twice`'
         '{ .claim of="t[1]" at="below" }, $s = 99${ .claim of="t[1]" '
         'at="below" }.')  # fmt: skip
    edit("///\n////", '\n`99`{ .claim of="double(10)" }.\n///\n////')
    book = Book(tiny)
    text, problems = bless(book, book.pages[0])
    assert problems == []
    for new in ("`63`{", "`0.8`{", "`1.0`{", "`twice`{", "$s = 2${", "`20`{"):
        assert new in text


def test_numbers_of_a_figure_are_kept_with_its_drawing(tiny, monkeypatch):
    script = tiny / "snippets/slopes/figures/line.py"
    script.write_text(script.read_text("utf8") + NUMBERS, "utf8")
    figures.draw(tiny, progress=lambda _: None)
    monkeypatch.setattr(figures.exports, "write", None)
    found = figures.numbers(tiny, script)
    assert found["angle"] == 63.4349
    assert found["path"][-1] == 0.75


@pytest.mark.parametrize("given", ["3", "{'a b': 3}", "{'f': print}"])
def test_numbers_that_are_none_are_refused_at_the_script(tiny, given):
    script = tiny / "snippets/slopes/figures/line.py"
    text = f"\n\ndef numbers():\n    return {given}\n"
    script.write_text(script.read_text("utf8") + text, "utf8")
    with pytest.raises(PressError, match=r"figures/line\.py:\d+: "):
        figures.numbers(tiny, script)


def test_what_a_number_may_be_is_suggested(tiny, edit):
    edit(SENTENCE, "It is 3.0.")
    edit("The slopes add", "1.0, 600 and 2.0. The slopes add")
    book = Book(tiny)
    said = [str(p) for p in suggestions(book, book.pages[0])]
    assert "nearest is" in said[0]
    assert '.given of="t"' in said[1]
    assert '.claim of="t[0]"' in said[1]
    assert "nearest is" in said[2]


def test_arrays_of_several_shapes_are_counted_for_suggestions(tiny, edit):
    edit("t = np.array([1.0, 2.0])", "t = np.array([1.0, 2.0])\n"
         "data = (np.zeros((5, 2)),) + 11 * (np.zeros(5),)")  # fmt: skip
    edit("The slopes add", "There are 12. The slopes add")
    book = Book(tiny)
    (said,) = suggestions(book, book.pages[0])
    assert '.claim of="len(data)"' in said.fix


def test_a_number_above_its_program_is_suggested_from_below(tiny, edit):
    edit(SENTENCE, "It is 2.0.")
    book = Book(tiny)
    (said,) = suggestions(book, book.pages[0])
    assert '{ .given of="t" at="below" }' in said.fix


def test_a_relation_that_is_not_so_is_listed_with_them(tiny, edit):
    edit("The slopes add", "$t < 1.5$. The slopes add")
    book = Book(tiny)
    (said,) = suggestions(book, book.pages[0])
    assert "is not so" in said.what


def test_a_line_without_its_marks():
    text = 'At `0.5`{ .claim of="x" }, $y = 3${ .given as="y" } and `z`{ .k }.'
    assert plain(text) == "At 0.5, y = 3 and `z`{ .k }."
    assert anchor('Of `0.5`{ .claim of="x" } it', "") == "of-05-it"


def test_a_mark_quoted_in_code_is_none():
    page = parse('Write `` `1`{ .claim of="x" } `` there.', Path("p.md"))
    assert marks(page) == ()


def test_a_program_of_an_exercise_serves_that_exercise(tiny, edit):
    edit("Go back", '`3.0`{ .claim of="t.sum()" }. Go back')
    page = Book(tiny).pages[0]
    last = page.fences[program_of(page, marks(page)[-1])]
    assert "t.sum()" in last.body


def test_the_verified_page_says_where_numbers_come_from(tiny, edit):
    edit("The slopes add", '`2.0`{ .given of="t" }, $0 < t < 2.5$. The')
    text = tally.table(Book(tiny))
    assert "| [Slopes](../slopes.md) | 1 | 1 | 1 | 0 | 0 | reached |" in text
    assert "| **All** | **1** | **1** | **1** | **0** | **0** | |" in text
    edit(SENTENCE, "600.")
    (tiny / "pyproject.toml").write_text('[tool.press]\nlater = ["slopes"]\n')
    assert "| 1 | 1 | 0 | 0 | 2 | later |" in tally.table(Book(tiny))

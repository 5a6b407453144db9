"""An author's mistakes: each is named at its line, with what to do."""

import re
from dataclasses import dataclass

import pytest

from press.book import Book
from press.execute import PageRun, role
from press.lint import check
from press.problems import PressError

PAGE = "docs/slopes.md"
EXERCISE = "snippets/slopes/exercises/double.py"
FIGURE = "snippets/slopes/figures/line.py"


@dataclass
class Mistake:
    name: str
    old: str
    new: str
    says: str
    file: str = PAGE
    at: str = PAGE
    offset: int | None = 0


MISTAKES = [
    Mistake(
        "unknown include",
        "src/derivable/tiny.py:double",
        "src/derivable/small.py:double",
        r'include of "src/derivable/small.py", which does not exist',
    ),
    Mistake(
        "renamed symbol",
        "def double",
        "def twice",
        r'"src/derivable/tiny.py" defines no double; it defines .*twice',
        file="src/derivable/tiny.py",
        offset=None,
    ),
    Mistake(
        "wrong output",
        "[2. 4.]",
        "[2. 5.]",
        r'prints "\[2\. 4\.\]", the page shows "\[2\. 5\.\]"; run make bless',
    ),
    Mistake(
        "wrong claim",
        '`3.0`{ .claim of="t.sum()" }',
        '`3.1`{ .claim of="t.sum()" }',
        r't\.sum\(\) is 3\.0, the page says "3\.1"',
    ),
    Mistake(
        "claim of an unknown name",
        'of="t.sum()"',
        'of="u.sum()"',
        r"raises NameError",
    ),
    Mistake(
        "claim that is no expression",
        'of="t.sum()"',
        'of="t.sum("',
        r"is not an expression",
    ),
    Mistake(
        "claim of nothing",
        ' of="t.sum()"',
        "",
        r'a claim "3\.0" of nothing',
    ),
    Mistake(
        "LaTeX typo",
        "\\frac{\\mathrm{d}}",
        "\\farc{\\mathrm{d}}",
        r"farc",
    ),
    Mistake(
        "LaTeX typo in a line",
        "$s(t) = t^2$",
        "$s(t) = t^{2$",
        r"; \w",
    ),
    Mistake(
        "bar of a formula in a table",
        "A car moves $s(t) = t^2$ metres",
        "| speed |\n|---|\n| $|v|$ |\n\nA car moves $s(t) = t^2$ metres",
        r"\| in a formula ends the cell of its table; write \\abs",
        offset=2,
    ),
    Mistake(
        "code in a formula",
        "How fast is it?",
        "It costs $5 for `x` and 6$ more.",
        r"code is not understood; end the formula before the code",
    ),
    Mistake(
        "undefined label",
        "\\eqref{claim:square}",
        "\\eqref{claim:cube}",
        r'reference to "claim:cube", which labels nothing',
    ),
    Mistake(
        "duplicate label",
        "/// note | Where next",
        "$$\nx = x \\label{claim:square}\n$$\n\n/// note | Where next",
        r'label "claim:square" stands at docs/slopes\.md:\d+ already',
    ),
    Mistake(
        "claim without a check",
        "/// check\n",
        "/// details | check\n",
        r'claim "claim:square" has no check',
        offset=-4,
    ),
    Mistake(
        "check that cannot fail",
        "assert abs(",
        "print(",
        r"a check that cannot fail",
        offset=-5,
    ),
    Mistake(
        "check of a wrong formula",
        "- 6) < 1e-6",
        "- 7) < 1e-6",
        r"AssertionError",
    ),
    Mistake(
        "formula that is false",
        "t^2 = 2 t",
        "t^2 = 3 t",
        r'claim:square: ".*3 t" does not hold at draw 0 of 100: \S+ on the '
        r"left, \S+ on the right; mend the formula, or the draw: t",
    ),
    Mistake(
        "formula that is not read",
        "t^2 = 2 t",
        "t^2 = 2 t +",
        r"claim:square: the formula ends here; write a value",
    ),
    Mistake(
        "formula that is read in two ways",
        "t^2 = 2 t",
        "t^2 = 4 / 2 t",
        r'claim:square: a / b c is read in two ways, in "4 / 2 t"; write',
    ),
    Mistake(
        "symbol that the check does not give",
        "t^2 = 2 t",
        "t^2 = 2 v",
        r"claim:square: v has no value; give v in the check, or say what it",
    ),
    Mistake(
        "shapes that do not match",
        "rng.uniform(1, 3)",
        "rng.uniform(1, 3, size=2)",
        r"claim:square: shape \(2, 2\) on the left, a vector of 2 on the rig",
        offset=None,
    ),
    Mistake(
        "draw that violates a condition",
        "t^2 = 2 t",
        r"t^2 = 2 t \text{ for } t < 0",
        r'claim:square: the draw violates this condition, in "t < 0"; draw',
    ),
    Mistake(
        "relation that is not read",
        "t^2 = 2 t",
        r"t^2 = 2 t, \quad 2 t \to 2 t",
        r"claim:square: a limit as a relation is not read, in .*; write ",
    ),
    Mistake(
        "value that is infinite",
        "t^2 = 2 t",
        r"t^2 = \exp(1000 t)",
        r'claim:square: this is infinite, in "\\exp\(1000 t\)"; keep',
    ),
    Mistake(
        "value that is not a number",
        '{"t": rng.uniform(1, 3)}',
        '{"t": float("nan")}',
        r"claim:square: this is not a number \(nan\); keep the draw where",
        offset=None,
    ),
    Mistake(
        "draw that returns nothing",
        '    return {"t": rng.uniform(1, 3)}',
        "    dict(t=rng.uniform(1, 3))",
        r"draw returns NoneType; return a dict of names",
        offset=-2,
    ),
    Mistake(
        "draw that fails",
        '    return {"t": rng.uniform(1, 3)}',
        '    return {"t": rng.uniform(1, 3) / 0}',
        r"draw raises ZeroDivisionError: .*, at seed 0; mend draw",
        offset=-2,
    ),
    Mistake(
        "check that gives no value",
        "``` {.python .formula}\ndef draw(rng):\n"
        '    return {"t": rng.uniform(1, 3)}\n',
        "``` {.python .formula}\nu = 1.0\n",
        r"claim:square: t has no value; give t in the check",
        offset=None,
    ),
    Mistake(
        "formula that holds for every misprint",
        "t^2 = 2 t \\label{claim:square}\n$$\n\n/// check\n\n"
        "``` {.python .formula}\ndef draw(rng):\n"
        '    return {"t": rng.uniform(1, 3)}',
        "t^2 = 0 t \\label{claim:square}\n$$\n\n/// check\n\n"
        "``` {.python .formula}\ndef draw(rng):\n"
        '    return {"t": 0.0}',
        r"claim:square: a check that cannot fail: every mistake passes",
    ),
    Mistake(
        "misprint that passes the check",
        "t^2 = 2 t",
        "t^2 \\le 7 t",
        r'claim:square: the misprint "7 → 8" passes the check; draw values ',
    ),
    Mistake(
        "misprint listed that is refused",
        'def draw(rng):\n    return {"t"',
        'equal = {"2 → 3": "why"}\n\n\ndef draw(rng):\n    return {"t"',
        r'equal lists "2 → 3", which is refused or is never tried; delete it',
        offset=-1,
    ),
    Mistake(
        "tolerance without a reason",
        'def draw(rng):\n    return {"t"',
        'rtol = 1e-3\n\n\ndef draw(rng):\n    return {"t"',
        r'a tolerance without a reason; say why with because = "…"',
        offset=-1,
    ),
    Mistake(
        "tolerance that compares nothing",
        'def draw(rng):\n    return {"t"',
        'rtol, because = 1.5, "so"\n\n\ndef draw(rng):\n    return {"t"',
        r"an rtol of 1 or more; it compares nothing",
        offset=-1,
    ),
    Mistake(
        "check that does not read its formula",
        "``` {.python .formula}\ndef draw(rng):\n"
        '    return {"t": rng.uniform(1, 3)}\n',
        "``` {.python}\nassert 2 + 2 == 4\n",
        r"a check that does not read its formula; give values in a .formula",
        offset=-2,
    ),
    Mistake(
        "check that reads and says that it does not",
        "/// check\n",
        "/// check\n    unread: A finite run does not decide it.\n",
        r"a check that reads the formula and says why it is not read; ",
    ),
    Mistake(
        "symbol that nothing describes",
        "t^2 = 2 t",
        "t^2 = 2 t + q - q",
        r"claim:square: nothing says what q is; introduce it in the text",
    ),
    Mistake(
        "symbol described with another shape than it is drawn",
        "## The slope of a square\n",
        "## The slope of a square\n\nTake $t$ of shape $(n,)$.\n",
        r"t is described with 1 axes, the check of claim:square draws it with "
        r"0; describe what is drawn",
        offset=2,
    ),
    Mistake(
        "missing alt text",
        "    alt: A straight line through the origin, rising by two for each "
        "step.\n",
        "",
        r'figure "line" has no alt text',
        offset=-1,
    ),
    Mistake(
        "missing caption",
        "The slope of a straight line is the same everywhere.\n",
        "\n",
        r'figure "line" has no caption',
        offset=-3,
    ),
    Mistake(
        "unknown figure",
        "/// figure | line",
        "/// figure | curve",
        r"no script snippets/slopes/figures/curve\.py",
    ),
    Mistake(
        "unknown explorable",
        "/// figure | line",
        "/// explorable | line",
        r"no script snippets/slopes/explorables/line\.py",
    ),
    Mistake(
        "explorable without alt text",
        "/// note | Where next",
        "/// explorable | line\n\nA line.\n///\n\n/// note | Where next",
        r'explorable "line" has no alt text',
    ),
    Mistake(
        "explorable without caption",
        "/// note | Where next",
        "/// explorable | line\n    alt: A straight line that turns.\n///\n\n"
        "/// note | Where next",
        r'explorable "line" has no caption',
    ),
    Mistake(
        "fence in an indented admonition",
        "/// note | Where next",
        "!!! note\n\n    ``` {.python}\n    x\n    ```\n\n/// note | Next",
        r"an indented fence, which nobody runs",
        offset=2,
    ),
    Mistake(
        "indented admonition",
        "/// note | Where next",
        "!!! note\n    Text.\n\n/// note | Next",
        r"the indented form !!!",
    ),
    Mistake(
        "block that prints nothing but has an output",
        "print(t.sum())",
        "t.sum()",
        r"an output of a block that prints nothing",
        offset=3,
    ),
    Mistake(
        "block that prints and shows no output",
        "``` {.text .output}\n3.0\n```\n",
        "",
        r'prints "3\.0" and shows no output',
        offset=-4,
    ),
    Mistake(
        "output that follows no example",
        "``` {.text .output}\n3.0",
        "Hence:\n\n``` {.text .output}\n3.0",
        r"an output that follows no example",
        offset=2,
    ),
    Mistake(
        "output with too many digits",
        "3.0\n```\n\nThe slopes",
        "3.00000000000000044\n```\n\nThe slopes",
        r"more digits than are compared",
        offset=-1,
    ),
    Mistake(
        "exercise without solution",
        "/// solution\n",
        "/// details | Solution\n",
        r"an exercise without solution",
        offset=-18,
    ),
    Mistake(
        "exercise without hint",
        "/// hint\n",
        "/// note | Hint\n",
        r"an exercise without hint",
        offset=-13,
    ),
    Mistake(
        "starter that passes",
        "return x\n",
        "return 2 * x\n",
        r"the starter passes the check",
        file=EXERCISE,
        offset=None,
    ),
    Mistake(
        "solution that fails",
        "return 2 * x",
        "return 3 * x",
        r"AssertionError",
        file=EXERCISE,
        at=EXERCISE,
        offset=-4,
    ),
    Mistake(
        "starter that does not run",
        "def double(x):\n    return x\n",
        "def double(x)\n    return x\n",
        r"SyntaxError",
        file=EXERCISE,
        at=EXERCISE,
    ),
    Mistake(
        "orphan snippet",
        "/// figure | line",
        "/// note | line",
        r"a snippet that no page shows",
        at=FIGURE,
        offset=None,
    ),
    Mistake(
        "broken link",
        "(#the-slope-of-a-square)",
        "(squares.md)",
        r'broken link to "squares\.md"',
    ),
    Mistake(
        "broken anchor",
        "(#the-slope-of-a-square)",
        "(#the-slope-of-a-cube)",
        r'no anchor "#the-slope-of-a-cube"',
    ),
    Mistake(
        "unknown reference",
        "[@newton1687, book I]",
        "[@leibniz1684]",
        r'citation of "leibniz1684", which is no reference',
    ),
    Mistake(
        "two references in one pair of brackets",
        "[@newton1687, book I]",
        "[@newton1687; @newton1687]",
        r'"\[@newton1687; @newton1687\]" is not read as a citation',
    ),
    Mistake(
        "unused reference",
        "[@newton1687, book I]",
        "Newton",
        r'reference "newton1687" is cited nowhere',
        at="snippets/references.yml",
        offset=None,
    ),
    Mistake(
        "tab in front matter",
        "title: Slopes",
        "title:\tSlopes",
        r"a tab in the front matter",
    ),
    Mistake(
        "front matter that is no YAML",
        "title: Slopes",
        "title: [Slopes",
        r"front matter: ",
        offset=1,
    ),
    Mistake(
        "missing description",
        "description: How steep a curve is, computed and checked on every "
        "line of it.\n",
        "",
        r"a description of 0 characters",
        offset=-1,
    ),
    Mistake(
        "mathematics in a title",
        "title: Slopes",
        "title: Slopes of $t^2$",
        r"without mathematics",
    ),
    Mistake(
        "mathematics in a heading",
        "## The slope of a square",
        "## The slope of $t^2$ { #the-slope-of-a-square }",
        r"mathematics in a heading; add \{ data-toc-label",
    ),
    Mistake(
        "unbraced fence",
        "``` {.python continuation}",
        "```python continuation",
        r"a Python fence without braces",
    ),
    Mistake(
        "unknown option",
        "``` {.python continuation}",
        "``` {.python continued}",
        r"unknown option continued",
    ),
    Mistake(
        "block that is not run without a reason",
        "``` {.python continuation}",
        "``` {.python notest}",
        r"a block that is not run and does not say why",
    ),
    Mistake(
        "fence never closed",
        "/// note | Where next\n\nGo back to [the square]"
        "(#the-slope-of-a-square).\n///\n",
        "``` {.python}\nx = 1\n",
        r"a fence that is never closed",
    ),
    Mistake(
        "block never closed",
        "/// note | Where next",
        "/// tip | Lost\n\nText.\n\n/// note | Where next",
        r"/// tip is never closed",
    ),
    Mistake(
        "unknown block",
        "/// note | Where next",
        "/// nota | Where next",
        r"unknown block /// nota",
    ),
    Mistake(
        "error in an example",
        "print(2 * t)",
        "print(2 * u)",
        r"NameError: name 'u' is not defined",
    ),
    Mistake(
        "warning in an example",
        "print(2 * t)",
        "print(t / 0)",
        r"RuntimeWarning: divide by zero",
    ),
    Mistake(
        "long line",
        "print(2 * t)",
        "print(2 * t)" + " " * 70 + "#",
        r"83 columns",
    ),
    Mistake(
        "mathematics in a tooltip",
        "How much",
        "By $h$, how much",
        r"a tooltip is plain text",
        file="snippets/glossary.md",
        at="snippets/glossary.md",
    ),
    Mistake(
        "term twice",
        "*[slope]",
        "*[slope]: Rise over run.\n*[slope]",
        r'"slope" stands at line 1 already',
        file="snippets/glossary.md",
        at="snippets/glossary.md",
        offset=1,
    ),
    Mistake(
        "page that navigation lacks",
        "  - slopes.md",
        "  - slope.md",
        r"a page that the navigation lacks",
        file="mkdocs.yml",
        offset=None,
    ),
    Mistake(
        "unwritten page",
        "title: Slopes",
        "status: unwritten\ntitle: Slopes",
        r"unwritten; write it",
    ),
    Mistake(
        "number typed by hand",
        "How fast is it?",
        "How fast is it after 600 metres?",
        r'"600" in column \d+ is typed by hand, in prose; claim it, as in',
    ),
    Mistake(
        "number typed by hand in code quotes",
        "How fast is it?",
        "How fast is it after `0.25` seconds?",
        r'"0\.25" in column \d+ is typed by hand, in a code span',
    ),
    Mistake(
        "number typed by hand in a formula",
        "$s(t) = t^2$",
        "$s(t) \\sim t^{12}$",
        r"is typed by hand, in formula; claim it, as in \$",
    ),
    Mistake(
        "number typed by hand in a table",
        "How fast is it?",
        "How?\n\n| a |\n|---|\n| 12 % |",
        r'"12 %" in column 3 is typed by hand',
        offset=4,
    ),
    Mistake(
        "number typed by hand in a heading",
        "## The slope of a square",
        "## 12 slopes\n\n## The slope of a square",
        r'"12" in column 4 is typed by hand',
    ),
    Mistake(
        "number typed by hand in a caption",
        "The slope of a straight line",
        "The slope of 12 straight lines",
        r'"12" in column 14 is typed by hand, in prose',
    ),
    Mistake(
        "number typed by hand in an alternative text",
        "rising by two",
        "rising by 2.5",
        r'"2\.5" in column \d+ is typed by hand, in alternative text',
    ),
    Mistake(
        "number typed by hand in a hint",
        "Multiply.",
        "Multiply by 12.",
        r'"12" in column 13 is typed by hand',
    ),
    Mistake(
        "number typed by hand in a title",
        "/// note | Where next",
        "/// note | The 12 places",
        r'"12" in column 16 is typed by hand, in a title; say it in words',
    ),
    Mistake(
        "number typed by hand in the description",
        "computed and checked on every line",
        "computed and checked on 99 lines",
        r'"99" in column \d+ is typed by hand, in the front matter',
    ),
    Mistake(
        "number typed by hand in a tooltip",
        "How much a function rises",
        "How much, as in 12 %, a function rises",
        r'"12 %" in column \d+ is typed by hand; say it in words',
        file="snippets/glossary.md",
        at="snippets/glossary.md",
    ),
    Mistake(
        "wrong word of a ratio",
        '`3.0`{ .claim of="t.sum()" }',
        '`twice`{ .claim of="t.sum()" }',
        r't\.sum\(\) is 3\.0, the page says "twice"; mend the sentence',
    ),
    Mistake(
        "wrong claim in a solution",
        "///\n////",
        '\nIt is `21`{ .claim of="double(10)" }.\n///\n////',
        r'double\(10\) is 20, the page says "21"',
        offset=1,
    ),
    Mistake(
        "wrong claim in an alternative text",
        "rising by two",
        'rising by `2.5`{ .claim of="t[1]" }',
        r't\[1\] is 2\.0, the page says "2\.5"',
    ),
    Mistake(
        "given that the program does not set",
        '`3.0`{ .claim of="t.sum()" }',
        '`3.0`{ .given of="t" }',
        r'gives "3\.0", the program sets t to 1, 2',
    ),
    Mistake(
        "given of an unknown name",
        '`3.0`{ .claim of="t.sum()" }',
        '`3.0`{ .given of="u" }',
        r'no program here sets "u"',
    ),
    Mistake(
        "given that nothing uses",
        '`3.0`{ .claim of="t.sum()" }',
        '`3.0`{ .given as="u" }',
        r'no claim below uses the given "u"',
    ),
    Mistake(
        "fact without a source",
        '`3.0`{ .claim of="t.sum()" }',
        '`3.0`{ .fact source="euler" }',
        r'a fact "3\.0" of the source "euler", which is no reference',
    ),
    Mistake(
        "wrong year of a source",
        "See \\eqref{claim:square},",
        "In 1688, see \\eqref{claim:square},",
        r'"1688" in column 4 is typed by hand',
    ),
    Mistake(
        "wrong relation in a formula",
        "The slopes add to",
        "With $t_0 = 12$ the slopes add to",
        r"\$t_0 = 12\$ is not compared: no t0 or t_0 in the program above",
    ),
    Mistake(
        "false arithmetic in a formula",
        "The slopes add to",
        "As $2^{10} = 1025$, the slopes add to",
        r"\$2\^\{10\} = 1025\$: 1024 = 1025 is not so; mend it",
    ),
    Mistake(
        "claim at an unknown place",
        'of="t.sum()"',
        'of="t.sum()" at="there"',
        r'a claim at "there", where no program is; write below',
    ),
    Mistake(
        "number that the build does not count",
        "How fast is it?",
        "It has {press:pages}.",
        r'"\{press:pages\}" is nothing that the build counts; use one of',
    ),
]


def problems(root):
    """Everything that lint and a run of the page say."""
    book = Book(root)
    found = check(book)
    page = book.pages[0]
    run = PageRun(root, page)
    for fence in page.fences:
        if fence.is_python and role(page, fence) != "notest":
            try:
                run.verify(fence.line)
            except PressError as error:
                found += error.problems
    return found


def test_the_book_without_mistakes_has_no_problem(tiny):
    assert [str(p) for p in problems(tiny)] == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.name)
def test_a_mistake_is_named_at_its_line(mistake, tiny, edit):
    line = edit(mistake.old, mistake.new, mistake.file)
    said = [str(p) for p in problems(tiny)]
    form = re.compile(r"^(?P<path>[^:]+):(?P<line>\d+): .+; .+$", re.DOTALL)
    matches = [form.match(s) for s in said]
    assert all(matches), said
    fitting = [
        int(m["line"])
        for m in matches
        if m["path"] == mistake.at and re.search(mistake.says, m[0])
    ]
    assert fitting, said
    if mistake.offset is not None:
        assert line + mistake.offset in fitting, (line, said)
    assert not any("Traceback" in s for s in said)

"""An author's mistakes: each is named at its line, with what to do."""

import re
from dataclasses import dataclass

import pytest

from press.book import Book
from press.execute import PageRun
from press.lint import check
from press.problems import PressError
from press.programs import role

PAGE = "docs/slopes.md"
EXERCISE = "snippets/slopes/exercises/double.py"
FIGURE = "snippets/slopes/figures/line.py"
SETTINGS = "# nothing is set"
LONG = "word " * 4000
PROGRAM = "``` {.python}\nx = 1\n```\n\n"


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
        "listing of a symbol that is listed already",
        "/// figure | line",
        '``` {.python}\n--8<-- "src/derivable/tiny.py:double"\n```\n\n'
        "/// figure | line",
        r'"src/derivable/tiny\.py:double" is listed at line \d+ already; name',
        offset=1,
    ),
    Mistake(
        "listing that its section does not name",
        "/// figure | line",
        "### Doubled\n\n/// figure | line",
        r'"src/derivable/tiny\.py:double" is listed, and its section does not '
        r"say double; say `double` in its section",
        offset=-3,
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
        "comment that names no equation",
        "return 2 * x",
        "return 2 * x  # eq. claim:none",
        r'equation "claim:none", which no page labels; name the label of an',
        file="src/derivable/tiny.py",
        at="src/derivable/tiny.py",
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
        "step that does not hold",
        "## The slope of a square\n\n",
        "## The slope of a square\n\n$$\n\\begin{aligned}\n"
        "(t + 1)^2 &= (t + 1) (t + 1) \\\\\n&= t^2 - 2 t + 1\n"
        "\\end{aligned}\n$$\n\n",
        r"a step that does not hold at draw 0 of the check in line \d+: "
        r'".* - 2 t \+ 1", \S+ on the left, \S+ on the right; mend it, or ',
        offset=5,
    ),
    Mistake(
        "steps that are not tried, without a reason",
        "/// check\n",
        "/// check\n    steps: no\n",
        r'"steps: no" without a reason; write steps: no, and what else',
        offset=1,
    ),
    Mistake(
        "steps that are not tried where there are none",
        "/// check\n",
        "/// check\n    steps: no, t is a temperature there\n",
        r"steps: no, where no display takes these draws; delete it",
        offset=1,
    ),
    Mistake(
        "symbol that nothing describes",
        "t^2 = 2 t",
        "t^2 = 2 t + q - q",
        r"claim:square: nothing says what q is; introduce it in the text",
    ),
    Mistake(
        "symbol that changes its meaning within a page",
        "## The slope of a square\n",
        "## The slope of a square\n\nTake $u$ of shape $(n,)$.\n\n"
        "### Many slopes\n\nNow take $u$ of shape $(n, d)$.\n",
        r"u has 2 axes here and 1 in line \d+; a symbol keeps its meaning",
        offset=6,
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
        "link without a word",
        "## The slope of a square\n",
        "## The slope of a square\n\nSee [$t^2$](#the-slope-of-a-square).\n",
        r"a link shows only \$t\^2\$; let it show a word",
        offset=2,
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
        r"a tab in column 7; write spaces",
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
    # what compares nothing
    Mistake(
        "tolerance that compares nothing",
        "``` {.text .output}\n[2. 4.]",
        '``` {.text .output rtol="3" because="rounding differs"}\n[2. 4.]',
        r"rtol must lie in \[0, 1\), got 3; .*factor=",
    ),
    Mistake(
        "tolerance without a reason",
        "``` {.text .output}\n[2. 4.]",
        '``` {.text .output rtol="0.1"}\n[2. 4.]',
        r"a tolerance that does not say why",
    ),
    Mistake(
        "tolerance that is no number",
        "``` {.text .output}\n[2. 4.]",
        '``` {.text .output atol="small" because="rounding differs"}\n[2. 4.]',
        r"could not convert string to float: 'small'",
    ),
    Mistake(
        "tolerance above every number",
        "``` {.text .output}\n[2. 4.]",
        '``` {.text .output atol="5" because="rounding differs"}\n[2. 4.]',
        r"every number is below atol=5",
    ),
    Mistake(
        "factor of everything",
        "``` {.text .output}\n[2. 4.]",
        '``` {.text .output factor="1e6" because="rounding differs"}\n[2. 4.]',
        r"factor must lie in \[1, 100\]",
    ),
    Mistake(
        "tolerance by a mistyped name",
        "``` {.text .output}\n[2. 4.]",
        '``` {.text .output rtoll="0.1"}\n[2. 4.]',
        r"unknown option rtoll",
    ),
    Mistake(
        "option in single quotes",
        "``` {.text .output}\n[2. 4.]",
        "``` {.text .output rtol='0.1'}\n[2. 4.]",
        r"could not convert string to float",
    ),
    # what looks like a claim
    *(
        Mistake(name, '`3.0`{ .claim of="t.sum()" }', new, says, offset=o)
        for name, new, says, o in [
            (
                "claim over two lines",
                '`3.0`{ .claim\nof="t.sum()" }',
                r"looks like a claim and is none",
                0,
            ),
            (
                "claim on the next line",
                '`3.0`\n{ .claim of="t.sum()" }',
                r"looks like a claim and is none",
                1,
            ),
            (
                "claim after a space",
                '`3.0` { .claim of="t.sum()" }',
                r"looks like a claim and is none",
                0,
            ),
            (
                "claim of a mistyped class",
                '`3.0`{ .claims of="t.sum()" }',
                r"looks like a claim and is none",
                0,
            ),
            (
                "claim without its dot",
                '`3.0`{ claim of="t.sum()" }',
                r"looks like a claim and is none",
                0,
            ),
            (
                "claim without its class",
                '`3.0`{ of="t.sum()" }',
                r"looks like a claim and is none",
                0,
            ),
            (
                "claim with an upper case class",
                '`3.0`{ .Claim of="t.sum()" }',
                r"looks like a claim and is none",
                0,
            ),
            (
                "claim in single quotes",
                "`3.0`{ .claim of='t.sum()' }",
                r"is a literal",
                0,
            ),
            (
                "claim with a colon",
                '`3.0`{: .claim of="t.sum()" }',
                r"looks like a claim and is none",
                0,
            ),
            (
                "claim as HTML",
                '<data class="claim">3.0</data>',
                r"looks like a claim and is none",
                0,
            ),
            (
                "claim without code",
                '3.0{ .claim of="t.sum()" }',
                r"looks like a claim and is none",
                0,
            ),
            (
                "claim of a mistyped option",
                '`3.0`{ .claim off="t.sum()" }',
                r"with off, which means nothing",
                0,
            ),
            (
                "claim of a literal",
                '`3.0`{ .claim of="3.0" }',
                r'"3\.0" is a literal',
                0,
            ),
            (
                "claim of a sum of literals",
                '`3.0`{ .claim of="3.0 + 0" }',
                r"is a literal",
                0,
            ),
            (
                "claim of a literal in NumPy",
                '`3.0`{ .claim of="np.sqrt(3.0)" }',
                r"is a literal",
                0,
            ),
            (
                "claim of a converted literal",
                '`3.0`{ .claim of="float(3)" }',
                r"is a literal",
                0,
            ),
            (
                "claim that fills",
                '`7`{ .claim of="t.fill(7) or t[0]" }',
                r"changes what it is of",
                0,
            ),
            (
                "claim that assigns an entry",
                '`7`{ .claim of="t.__setitem__(0, 7) or 7 * t.size / 2" }',
                r"changes what it is of",
                0,
            ),
            (
                "claim that binds a name",
                '`3.0`{ .claim of="(t := t.sum())" }',
                r"assigns to a name",
                0,
            ),
            (
                "claim that draws",
                '`3.0`{ .claim of="np.random.default_rng().normal() + t[0]" }',
                r"draws or measures anew: normal",
                0,
            ),
            (
                "claim that asks",
                '`3.0`{ .claim of="t.sum() if input() else 0" }',
                r"waits for input",
                0,
            ),
        ]
    ),
    Mistake(
        "claim in a title",
        "/// note | Where next",
        '/// note | `3.0`{ .claim of="t.sum()" }',
        r"a claim in a header, which nobody reads",
    ),
    # what looks like a program
    *(
        Mistake(
            f"fence in {header}",
            "``` {.python continuation}",
            f"``` {header}",
            r"which nobody runs|without braces",
        )
        for header in [
            "{.Python}",
            "{.pythonn}",
            "{.ipython}",
            "{.py3}",
            "{.numpy}",
            "{code-cell}",
            "{continuation .python}",
            "{.pycon}",
            "{python}",
            "pythonn",
            "",
            "{.python",
            "{.py}",
            "{#first .python}",
        ]
    ),
    Mistake(
        "program as text",
        "``` {.python continuation}\nprint(t.sum())\n```\n\n"
        "``` {.text .output}",
        "``` {.text}\ns = t.sum()\n```\n\n``` {.text .output}",
        r"a program that nobody runs",
    ),
    Mistake(
        "fence right after HTML",
        "``` {.python}\nimport numpy as np\n\nt =",
        "<div markdown>\n``` {.python}\nimport numpy as np\n\nt =",
        r"a fence right under another line",
        offset=1,
    ),
    Mistake(
        "fence in a quotation",
        "/// note | Where next",
        "> ``` {.python}\n> x = 1\n> ```\n\n/// note | Where next",
        r"the marks of a fence inside a line",
    ),
    Mistake(
        "fence in a list",
        "/// note | Where next",
        "- ``` {.python}\n  x = 1\n\n/// note | Where next",
        r"the marks of a fence inside a line",
    ),
    Mistake(
        "code by indenting",
        "/// note | Where next",
        "So:\n\n    x = 1\n\n/// note | Where next",
        r"an indented line, which is shown as code",
        offset=2,
    ),
    Mistake(
        "code as HTML",
        "/// note | Where next",
        "<pre>x = 1</pre>\n\n/// note | Where next",
        r"code as HTML, which nobody runs",
    ),
    Mistake(
        "output of a block that is not run",
        "``` {.python continuation}",
        '``` {.python notest reason="needs a very large machine"}',
        r"an output of a block that is not run",
        offset=4,
    ),
    Mistake(
        "reason of a block that is run",
        "``` {.python continuation}",
        '``` {.python continuation reason="needs a very large machine"}',
        r"a reason not to run a block that is run",
    ),
    Mistake(
        "time limit that is none",
        "``` {.python continuation}",
        '``` {.python continuation seconds="long"}',
        r"seconds=long; write whole seconds",
    ),
    # checks that check nothing
    *(
        Mistake(
            f"check with {name}",
            "assert abs(((3 + h) ** 2 - (3 - h) ** 2) / (2 * h) - 6) < 1e-6",
            new,
            says,
            offset=o,
        )
        for name, new, says, o in [
            (
                "a typed assert",
                "assert 1 == 1",
                r"an assert of what is typed",
                0,
            ),
            ("a true assert", "assert True", r"an assert of what is typed", 0),
            ("a tuple", 'assert (h == 7, "h")', r"never empty", 0),
            ("a generator", "assert (x == 7 for x in [h])", r"never empty", 0),
            (
                "a thing against itself",
                "assert h == h",
                r"a thing against itself",
                0,
            ),
            (
                "a list against itself",
                "import numpy as np\n\nassert np.allclose(h, h)",
                r"a thing against itself",
                2,
            ),
            ("a way out", "assert h == 7 or True", r"of what is typed", 0),
            (
                "an empty loop",
                "for x in []:\n    assert x == h",
                r"an assert that is never reached",
                1,
            ),
            (
                "a function that nobody calls",
                "def test():\n    assert h == 7",
                r"never reached",
                1,
            ),
            (
                "a branch that is not taken",
                "if h > 1:\n    assert h == 7",
                r"never reached",
                1,
            ),
            (
                "all of nothing",
                "assert all(x == 7 for x in [] if x > h)",
                r"holds for wrong values too",
                0,
            ),
            (
                "a tolerance of everything",
                "import math\n\nassert math.isclose(4 * h, 6, abs_tol=100)",
                r"holds for wrong values too",
                2,
            ),
            (
                "a bound of everything",
                "assert abs(4 * h - 6) < 1e30",
                r"holds for wrong values too",
                0,
            ),
            (
                "a failure that is caught",
                "try:\n    assert h == 7\nexcept AssertionError:\n    pass",
                r"whose failure is caught",
                1,
            ),
            (
                "a failure that is suppressed",
                (
                    "import contextlib\n\n"
                    "with contextlib.suppress(Exception):\n"
                    "    assert h == 7"
                ),
                r"whose failure is caught",
                3,
            ),
            ("no assert", "print(end=str(h)[:0])", r"cannot fail", -5),
        ]
    ),
    Mistake(
        "check that is not run",
        "``` {.python}\nh = 1e-6",
        '``` {.python notest reason="needs a very large machine"}\nh = 1e-6',
        r"a check that is not run",
    ),
    Mistake(
        "check above its claim",
        "## The slope of a square\n",
        "/// check\n    of: claim:square\n\n``` {.python}\nh = len('a')\n"
        "assert h == 1\n```\n///\n\n## The slope of a square\n",
        r'a check above its claim "claim:square"',
        offset=1,
    ),
    Mistake(
        "mistyped option of a check",
        "/// check\n",
        "/// check\n    off: claim:square\n",
        r'/// check has no option "off"; it has .*of',
        offset=1,
    ),
    # options
    Mistake(
        "option by two spaces",
        "    name: double",
        "  name: double",
        r'an option that is not read: "name: double"',
    ),
    Mistake(
        "option by a tab",
        "    name: double",
        "\tname: double",
        r"a tab in column 1; write spaces",
    ),
    Mistake(
        "option after an empty line",
        "    name: double",
        "\n    name: double",
        r"an indented line, which is shown as code",
        offset=1,
    ),
    Mistake(
        "option twice",
        "    name: double",
        "    name: double\n    name: triple",
        r'option "name" stands twice',
        offset=1,
    ),
    Mistake(
        "option without a value",
        "    name: double",
        "    name:",
        r'option "name" is empty',
    ),
    # places
    Mistake(
        "exercise without a title",
        "//// exercise | Double it",
        "//// exercise",
        r"an exercise without a title",
    ),
    Mistake(
        "jump of levels",
        "## The slope of a square",
        "#### The slope of a square",
        r"a heading of level 4 under one of level 1; write ##$",
    ),
    Mistake(
        "second title",
        "## The slope of a square",
        "# The slope of a square",
        r"2 headings of level 1",
    ),
    Mistake(
        "heading without a space",
        "## The slope of a square",
        "## The slope of a square\n\n##Next",
        r"a heading without a space",
        offset=2,
    ),
    Mistake(
        "heading by underlining",
        "## The slope of a square",
        "## The slope of a square\n\nNext\n----",
        r"a heading by underlining",
        offset=3,
    ),
    Mistake(
        "image without alt text",
        "## The slope of a square",
        "## The slope of a square\n\n![](slopes.md)",
        r"an image without alt text",
        offset=2,
    ),
    Mistake(
        "image that is not there",
        "## The slope of a square",
        "## The slope of a square\n\n![A line that rises slowly](line.png)",
        r'no image "line\.png"',
        offset=2,
    ),
    Mistake(
        "page twice in the contents",
        "  - slopes.md",
        "  - slopes.md\n  - Again: slopes.md",
        r'"slopes\.md" stands at line 3 already',
        file="mkdocs.yml",
        at="mkdocs.yml",
        offset=1,
    ),
    *(
        Mistake(
            name,
            old,
            new,
            says,
            file="snippets/glossary.md",
            at="snippets/glossary.md",
            offset=o,
        )
        for name, old, new, says, o in [
            (
                "terms out of order",
                "*[slope]",
                "*[tilt]: Slope.\n*[slope]",
                r'"slope" after "tilt"',
                1,
            ),
            (
                "term without a colon",
                "*[slope]:",
                "*[slope]",
                r"is no term; write \*\[term\]",
                0,
            ),
            (
                "term in Latin-1",
                "*[slope]",
                "*[slope]\u2028",
                r"line separator U\+2028",
                0,
            ),
        ]
    ),
    *(
        Mistake(
            name,
            "newton1687:",
            new,
            says,
            file="snippets/references.yml",
            at="snippets/references.yml",
            offset=o,
        )
        for name, new, says, o in [
            (
                "reference twice",
                (
                    "newton1687:\n  authors: [I. Newton]\n  year: 1687\n"
                    "  title: Principia\nnewton1687:"
                ),
                r'reference "newton1687" stands at line 1 already',
                4,
            ),
            (
                "reference without a year",
                "a1:\n  authors: [A]\n  title: T\nnewton1687:",
                r'reference "a1" has no year',
                0,
            ),
            (
                "reference of a later line without a title",
                (
                    "a1:\n  authors: [A]\n  year: 1\n  title: T\nb2:\n"
                    "  authors: [B]\n  year: 2\nnewton1687:"
                ),
                r'reference "b2" has no title',
                4,
            ),
            (
                "reference with a mistyped field",
                (
                    "a1:\n  authors: [A]\n  title: T\n  year: 1\n  weekly: J\n"
                    "newton1687:"
                ),
                r'unknown field "weekly"',
                0,
            ),
            (
                "reference whose authors are text",
                "a1:\n  authors: A\n  title: T\n  year: 1\nnewton1687:",
                r'authors of "a1" are no list',
                0,
            ),
            (
                "reference without fields",
                "a1:\nnewton1687:",
                r'reference "a1" has no fields',
                0,
            ),
            (
                "reference whose year is text",
                "a1:\n  authors: [A]\n  title: T\n  year: some\nnewton1687:",
                r"year of \"a1\" is 'some'",
                0,
            ),
        ]
    ),
    # signs
    *(
        Mistake(name, "How fast", f"How{sign}fast", says)
        for name, sign, says in [
            ("byte order mark", "\ufeff", r"a byte order mark in column"),
            ("line separator", "\u2028", r"line separator U\+2028 in column"),
            ("form feed", "\x0c", r"a form feed in column"),
            ("vertical tab", "\x0b", r"a vertical tab in column"),
            ("next line sign", "\x85", r"a next line sign in column"),
            ("file separator", "\x1c", r"control character U\+001C"),
            ("zero width space", "\u200b", r"zero width space U\+200B"),
            ("null", "\0", r"control character U\+0000"),
            ("tab", "\t", r"a tab in column \d+; write spaces"),
            ("backwards text", "\u202e", r"right-to-left override U\+202E"),
        ]
    ),
    Mistake(
        "form feed in an exercise",
        "return 2 * x",
        "return 2 * x  #\x0c",
        r"a form feed in column",
        file=EXERCISE,
        at=EXERCISE,
    ),
    # what reaches the neighbours
    *(
        Mistake(
            f"block that {name}",
            "print(t.sum())",
            f"{code}\nprint(t.sum())",
            says,
            offset=o,
        )
        for name, code, says, o in [
            (
                "changes directory",
                "import os\n\nos.chdir('/')",
                r"changes the directory",
                2,
            ),
            (
                "writes a file",
                "open('made.txt', 'w')",
                r'writes "made\.txt"',
                0,
            ),
            (
                "writes with NumPy",
                "np.save('made.npy', t)",
                r'writes "made\.npy"',
                0,
            ),
            (
                "makes a folder",
                "import os\n\nos.mkdir('made')",
                r'writes "made"',
                2,
            ),
            (
                "writes and hides it",
                "try:\n    open('made.txt', 'w')\nexcept OSError:\n    pass",
                r'writes "made\.txt"',
                1,
            ),
            (
                "deletes a file",
                "import os\n\nos.remove('Makefile')",
                r'writes "Makefile"',
                2,
            ),
            (
                "seeds NumPy",
                "np.random.seed(0)",
                r"seeds or draws from the global generator",
                0,
            ),
            (
                "draws without a seed",
                "x = np.random.normal()",
                r"seeds or draws from the global generator",
                0,
            ),
            (
                "seeds Python",
                "import random\n\nrandom.seed(0)",
                r"seeds or draws from the global generator",
                0,
            ),
            ("patches NumPy", "np.sum = None", r"replaces numpy\.sum", 0),
            (
                "patches a builtin",
                "import builtins\n\nbuiltins.sum = max",
                r"replaces builtins\.sum",
                0,
            ),
            (
                "adds a builtin",
                "import builtins\n\nbuiltins.twice = max",
                r"adds builtins\.twice",
                0,
            ),
            (
                "patches the library",
                "import derivable.tiny\n\nderivable.tiny.double = None",
                r"replaces derivable\.tiny\.double",
                0,
            ),
            (
                "patches a function",
                (
                    "from derivable.tiny import double\n\n"
                    "double.__code__ = (lambda x: x).__code__"
                ),
                r"changes the function double",
                0,
            ),
            (
                "replaces a module",
                "import sys\n\nsys.modules['math'] = None",
                r"replaces the module math",
                0,
            ),
            (
                "leaves a thread",
                (
                    "import threading\n\nended = threading.Event()\n"
                    "threading.Thread(target=ended.wait, args=(2,)).start()"
                ),
                r"leaves the thread",
                0,
            ),
            (
                "opens the network",
                (
                    "import urllib.request\n\n"
                    "urllib.request.urlopen('http://127.0.0.1:9/')"
                ),
                r"opens a network connection",
                2,
            ),
            (
                "starts a program",
                "import subprocess\n\nsubprocess.run(['true'])",
                r"starts a program",
                2,
            ),
            (
                "prints too much",
                "print('x' * 2_000_000)",
                r"prints more than 1000000 characters",
                0,
            ),
            ("waits for input", "input()", r"waits for input", 0),
            (
                "ends the program",
                "import sys\n\nsys.exit()",
                r"ends the program",
                0,
            ),
            (
                "hides warnings",
                "import warnings\n\nwarnings.simplefilter('ignore')",
                r"hides warnings",
                0,
            ),
            (
                "changes a variable",
                "import os\n\nos.environ['SLOPE'] = '1'",
                r"changes the variable SLOPE",
                0,
            ),
            (
                "changes the path",
                "import sys\n\nsys.path.append('x')",
                r"changes sys\.path",
                0,
            ),
            (
                "changes the look",
                "import matplotlib as mpl\n\nmpl.rcParams['font.size'] = 3",
                r"changes rcParams \(font\.size\)",
                0,
            ),
        ]
    ),
    Mistake(
        "more words before the exercises than one sitting",
        "//// exercise | Double it",
        f"{LONG}\n\n{LONG}\n\n## Exercises\n\n//// exercise | Double it",
        r"words before Exercises, 4500 is one sitting; split the chapter",
        offset=2,
    ),
    Mistake(
        "more words than one sitting",
        "//// exercise | Double it",
        f"## Exercises\n\n{LONG}\n\n{LONG}\n\n//// exercise | Double it",
        r"words in all, 7500 is one sitting; split the chapter",
        offset=4,
    ),
    Mistake(
        "more programs before the exercises than one sitting",
        "//// exercise | Double it",
        f"{PROGRAM * 25}## Exercises\n\n//// exercise | Double it",
        r"26 programs before Exercises, 25 is one sitting; split the chapter",
        offset=96,
    ),
    Mistake(
        "chapter that is called too long and is not",
        SETTINGS,
        'too_long = [\n  "slopes",\n]',
        r'too_long names "slopes", which is one sitting now; delete it',
        file="pyproject.toml",
        at="pyproject.toml",
        offset=1,
    ),
    Mistake(
        "limit of a sitting that is none",
        SETTINGS,
        "[tool.press.sitting]\nword = 3",
        r"word = 3 in sitting; say how many, as before, words, programs",
        file="pyproject.toml",
        at="pyproject.toml",
        offset=1,
    ),
    *(
        Mistake(
            name,
            SETTINGS,
            f"[tool.press.moved]\n{line}",
            says,
            file="pyproject.toml",
            at="pyproject.toml",
            offset=1,
        )
        for name, line, says in [
            (
                "page that moved to nowhere",
                '"hills" = "mountains"',
                r'leads to "mountains", and there is no such page; name a',
            ),
            (
                "page that moved to a place that is nowhere",
                '"hills" = "slopes#high"',
                r'leads to "slopes#high", and there is no such place; name',
            ),
            (
                "page that moved and is there",
                '"slopes" = "slopes#the-slope-of-a-square"',
                r'"slopes" moved, and is there again; delete its line',
            ),
            (
                "place that moved and is there",
                '"slopes#claim:only" = "slopes"',
                r'"slopes#claim:only" moved, and is there again; delete',
            ),
            (
                "place of a page that is gone",
                '"hills#top" = "slopes"',
                r'moved, and its page is gone; say where "hills" is',
            ),
            (
                "page that moved twice",
                '"hills" = "rises"\n"rises" = "slopes"',
                r'leads to "rises", which moved; lead to "slopes" at once',
            ),
            (
                "address with an ending",
                '"hills" = "slopes.md"',
                r'"hills" = \'slopes\.md\' in moved; write "part/page#place"',
            ),
            (
                "settings that are no TOML",
                '"hills" = slopes',
                r"no TOML: .+; mend it",
            ),
        ]
    ),
]


def problems(root):
    """Everything that lint and a run of the page say."""
    book = Book(root)
    found = check(book)
    try:
        pages = book.pages
    except PressError as error:
        return found + error.problems
    for page in pages:
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


@pytest.mark.parametrize(
    ("shape", "found"), [("number", 0), ("number or $(n)$", 0), ("$(n)$", 1)]
)
def test_a_symbol_is_drawn_as_the_notation_page_lists_it(
    shape, found, tiny, edit
):
    page = tiny / "docs" / "reference" / "notation.md"
    page.parent.mkdir()
    page.write_text(
        "---\ntitle: Notation\ndescription: Each symbol with its meaning, "
        "its name in the code and its shape, in a table.\n---\n\n"
        f"# Notation\n\n| $t$ | `t` | time | {shape} |\n",
        "utf8",
    )
    edit("nav:\n", "nav:\n  - reference/notation.md\n", "mkdocs.yml")
    line = (tiny / PAGE).read_text("utf8").splitlines().index("$$") + 2
    says = (
        f"docs/slopes.md:{line}: claim:square: t is drawn with 0 axes, "
        "the notation page says 1; "
    )
    said = [str(p) for p in problems(tiny)]
    assert sum(s.startswith(says) for s in said) == found, said


HALF = """

def half(x: float) -> float:
    \"\"\"A part of x.\"\"\"
    return x / 2
"""
USE = """``` {.python}
from derivable.tiny import double, half

assert half(double(3.0)) == 3
```

"""
LISTING = '``` {.python}\n--8<-- "src/derivable/tiny.py:double"'
OTHER = '``` {.python}\n--8<-- "src/derivable/tiny.py:half"\n```\n\n'


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("Write it.", "Write it.", 1),
        (USE, "", 0),  # then the exercise says double, and nothing else
        ("import double, half", "import double", 0),
        ("Write it.", "Write `double`.", 0),
        ("Write it.", "Double it by doubles or undouble.", 1),
        ("Write it.", "See [this](#double), \\ref{ex:double}.", 1),
        ("Write it.", '`6`{ .claim of="double(3)" }', 1),
        (USE, "It is not `half`.\n\n", 1),
        (USE, "It is not half.\n\n", 0),
        (USE, f"{USE}{OTHER}It is not `half`.\n\n", 0),  # half is listed
        (USE, f"{USE}## Double\n\nBy `double`:\n\n", 0),
        (USE, f"{USE}By `double`:\n\n## Next\n\n", 0),  # half is behind
    ],
)
def test_the_text_says_which_of_the_symbols_of_a_module_is_listed(
    old, new, found, tiny, edit
):
    library = "src/derivable/tiny.py"
    edit("    return 2 * x\n", f"    return 2 * x\n{HALF}", library)
    edit("Write `double`.", "Write it.")
    edit(LISTING, f"{USE}{LISTING}")
    edit(old, new)
    said = [str(p) for p in check(Book(tiny))]
    says = re.compile(
        r"tiny\.py:double.* says half too: which is it\?; say `d"
    )
    assert sum(bool(says.search(s)) for s in said) == found, said

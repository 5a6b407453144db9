r"""Derivation steps: each relation of a display, tried beside a check."""

import json

import numpy as np
import pytest

from press import formula_checks, noticed, steps
from press.book import Book
from press.execute import PageRun
from press.formulas import relations
from press.formulas import steps as tried
from press.page import parse
from press.problems import PressError

STEPS = r"""$$
\begin{aligned}
(a + b)^2 &= (a + b) (a + b) \\
&= a^2 + 2 a b + b^2
\end{aligned}
$$

"""
CLAIM = r"""$$
a + b = b + a
\label{claim:order}
$$

"""
CHECK = """\
/// check

``` {.python .formula}
def draw(rng):
    return {"a": rng.normal(), "b": rng.normal(), "n": 3}
```
///

"""
START = "---\ntitle: Squares\n---\n\n# Squares\n\n## One\n\n"


@pytest.fixture
def run(tmp_path):
    """Run the checks of a page with this text, and keep what came of it."""

    def made(text, name="part/squares"):
        path = tmp_path / "docs" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(START + text, "utf8")
        page = parse(START + text, path.relative_to(tmp_path / "docs"))
        for fence in page.fences:
            PageRun(tmp_path, page, record=True).verify(fence.line)
        return formula_checks.counts(Book(tmp_path), page)

    return made


def refusal(run, text):
    with pytest.raises(PressError) as caught:
        run(text)
    (problem,) = caught.value.problems
    return problem


def line_of(text, part):
    whole = START + text
    return whole[: whole.index(part)].count("\n") + 1


def went(latex, **names):
    names.setdefault("draw", lambda rng: {"a": rng.normal(), "b": 2.0})
    return [s.went for s in tried(latex, names)]


def test_a_right_derivation_is_held(run):
    found = run(STEPS + CLAIM + CHECK)
    assert (found["steps"], found["steps_held"]) == (2, 2)
    assert found["claims"] == 1  # steps are no claims


@pytest.mark.parametrize(
    ("old", "new", "draw"),
    [
        ("+ 2 a b", "- 2 a b", 0),
        ("+ b^2", "- b^2", 0),
        ("2 a b", "3 a b", 0),
        ("a^2", "a^3", 0),
        ("2 a b", "2 a", 0),
        ("2 a b", "2 b", 0),
        (r"&= a^2", r"&\ne a^2", 0),
        ("+ b^2\n", "+ b^2 > 100\n", 0),
        ("+ b^2\n", r"+ b^2 = \abs{a + b}^2 + n" + "\n", 0),
    ],
)
def test_a_wrong_line_is_refused_at_its_line(run, old, new, draw):
    text = STEPS.replace(old, new) + CLAIM + CHECK
    problem = refusal(run, text)
    assert problem.line == line_of(text, "&= (a + b) (a + b)") + 1
    assert f"does not hold at draw {draw} of the check in line" in problem.what
    assert str(line_of(text, "``` {")) in problem.what
    assert '"steps: no, …"' in problem.fix


def test_a_wrong_first_line_does_not_hide_in_a_right_whole(run):
    text = STEPS.replace("(a + b) (a + b)", "(a + b) (a - b)")
    with pytest.raises(PressError) as caught:
        run(text + CLAIM + CHECK)
    first = line_of(text, "(a - b)")
    assert [p.line for p in caught.value.problems] == [first, first + 1]


def test_a_symbol_without_a_value_is_counted_not_tried(run):
    found = run(STEPS.replace("b^2\n", "b^2 = q\n") + CLAIM + CHECK)
    assert (found["steps"], found["steps_held"]) == (3, 2)


@pytest.mark.parametrize(
    ("latex", "count"),
    [
        (r"a = \text{the rest} + b", 1),
        (r"a / 2 b = b, \qquad a = a b / c d", 2),
        (r"\sum_{i = 1}^{n} a_i = (b", 1),
        (r"\begin{aligned} a &= (b \\ &\le c \end{aligned}", 2),
        (r"a = (1, 0) = b", 2),
        (r"a \Rightarrow b = (", 2),
    ],
)
def test_what_is_not_read_is_counted(run, latex, count):
    found = run(f"$$\n{latex}\n$$\n\n" + CLAIM + CHECK)
    assert (found["steps"], found["steps_held"]) == (count, 0)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("a = a", ["held"]),
        ("a = b", ["false"]),
        ("a = a = b = b", ["held", "false", "held"]),
        ("a = q = b = b", ["untried", "untried", "held"]),
        ("a = v", ["untried"]),
        ("v = v + w", ["untried"]),
        (r"\log(-a^2) = b", ["untried"]),
        (r"a^2 \to 0", ["untried"]),
        ("a q = a, \\qquad q = 1", ["held", "untried"]),
        ("a q = a, \\qquad q = b", ["false", "untried"]),
        (r"\abs{a} = a \text{ for } a > 0", ["held"]),
        (r"\abs{a} = -a \text{ for } a > 0", ["false"]),
        (r"a = b \text{ for } a > 100", ["untried"]),
        (r"a = b \text{ for } q > 0", ["untried"]),
        (r"a > 0 \Rightarrow \abs{a} = a", ["held"]),
        (r"a > 0 \Rightarrow \abs{a} = 2 a", ["false"]),
        (r"a > 100 \Rightarrow a = b", ["untried"]),
        (r"a^2 \le -1", ["false"]),
        (r"a, \quad b", []),
    ],
)
def test_each_relation_is_tried_by_itself(latex, expected):
    def draw(rng):
        return {"a": rng.normal(), "b": 2.0, "v": np.ones(2), "w": np.ones(3)}

    assert went(latex, draw=draw) == expected


def test_a_step_that_is_false_at_a_later_draw_only():
    def draw(rng):
        return {"a": float(rng.integers(2)), "b": 2.0}

    (step,) = tried(r"a = 1", {"draw": draw})
    values = [np.random.default_rng(i).integers(2) for i in range(5)]
    assert (step.went, step.draw) == ("false", values.index(0))


def test_steps_use_the_settings_of_the_check():
    def draw(rng):
        return {"s": rng.normal(size=9), "c": 1.0}

    latex = r"\E (s + c) = \E s + 1, \qquad W c = 2"
    given = {"draw": draw, "over": "s", "where": {"W c": "2 * c"}}
    assert went(latex, **given) == ["held", "held"]
    assert went(latex, draw=draw) == ["untried", "untried"]


def test_no_more_draws_than_the_check_has():
    seen = []

    def draw(rng):
        seen.append(rng)
        return {"a": 1.0}

    assert went("a = 1", draw=draw, draws=2) == ["held"]
    assert len(seen) == 2
    went("a = 1", draw=draw)
    assert len(seen) == 2 + 5


@pytest.mark.parametrize(
    "latex", ["a = b", r"a \text{ if } b = 1", r"b \to 0, a = (", "a"]
)
def test_a_display_has_as_many_relations_as_are_tried(latex):
    assert relations(latex) == len(went(latex))


OTHER = CHECK.replace("rng.normal(), ", "7.0, ", 1)
SECOND = CLAIM.replace("order", "again")
SEVEN = "$$\na = 7\n$$\n\n"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (SEVEN + CLAIM + OTHER + SECOND + CHECK, 1),
        (CLAIM + CHECK + SEVEN + SECOND + OTHER, 1),
        (CLAIM + CHECK + SECOND + OTHER + SEVEN, 1),
        (CLAIM + CHECK + "## Two\n\n" + SEVEN + SECOND + OTHER, 1),
        (CLAIM + OTHER + "### Two\n\n" + SEVEN, 1),
        (CLAIM + CHECK + "## Two\n\n" + SEVEN, 0),
        (SEVEN + "## Two\n\n" + CLAIM + CHECK, 0),
    ],
)
def test_the_nearest_check_of_the_section_gives_the_draws(run, text, held):
    found = run(text)
    assert (found["steps"], found["steps_held"]) == (1, held)


def test_a_definition_without_a_check_is_a_step(run):
    label = "$$\na + b = c \\label{def:c}\n$$\n\n"
    wrong = label.replace("= c", "= b")
    assert run(label + CLAIM + CHECK)["steps"] == 1
    of = CHECK.replace("\n\n", "\n    of: claim:order\n\n", 1)
    assert refusal(run, CLAIM + of + wrong).line == line_of(
        CLAIM + of + wrong, "a + b = b \\l"
    )


def test_a_claim_that_keeps_its_program_is_no_step(run):
    unread = (
        "$$\na = 2 a \\label{claim:odd}\n$$\n\n/// check\n"
        "    unread: No finite run decides this at all.\n\n"
        "``` {.python}\nassert len('ab') == 2\n```\n///\n\n"
    )
    assert run(unread + CLAIM + CHECK)["steps"] == 0


def opted(reason):
    return CHECK.replace("\n\n", f"\n    steps: {reason}\n\n", 1)


def test_a_check_about_other_values_says_so(run):
    wrong = STEPS.replace("+ 2", "- 2")
    found = run(wrong + CLAIM + opted("no, a and b are lengths there"))
    assert (found["steps"], found["steps_held"]) == (2, 0)


def misuses(tiny, text):
    (tiny / "docs/slopes.md").write_text(START + text, "utf8")
    book = Book(tiny)
    return [*steps.misused(book, book.pages[0])]


@pytest.mark.parametrize(
    "reason", ["no", "no,", "no, other", "yes", "never, for a good reason"]
)
def test_to_opt_out_needs_a_reason(tiny, reason):
    text = STEPS + CLAIM + opted(reason)
    (problem,) = misuses(tiny, text)
    assert problem.line == line_of(text, "    steps:")
    assert "without a reason" in problem.what


def test_to_opt_out_needs_a_display(tiny):
    reason = "no, a and b are lengths there"
    assert not misuses(tiny, STEPS + CLAIM + opted(reason))
    (problem,) = misuses(tiny, CLAIM + opted(reason))
    assert "where no display takes these draws" in problem.what


def test_a_page_of_later_is_not_tried(run, tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[tool.press]\nlater = ["part/squares"]\n', "utf8"
    )
    wrong = STEPS.replace("+ 2", "- 2")
    assert run(wrong + CLAIM + CHECK)["steps_run"] == 0


def test_what_was_edited_since_is_not_counted_as_held(run, tmp_path):
    text = STEPS + CLAIM + CHECK
    run(text)
    book = Book(tmp_path)
    edited = parse(START + text.replace("2 a b", "2 b a"), book.pages[0].path)
    found = steps.counts(book, edited)
    assert found == {"steps": 2, "steps_held": 0, "steps_run": 0}
    drawn = parse(START + text.replace("3}", "4}"), book.pages[0].path)
    assert steps.counts(book, drawn)["steps_run"] == 0
    kept = json.loads(
        (tmp_path / ".press/verdicts/part.squares.json").read_text("utf8")
    )
    assert {"claim:order"} < {*kept}  # verdicts stay beside them


def test_the_page_that_says_how_says_what_was_tried(run, tmp_path):
    cell = noticed.columns(Book(tmp_path))["Steps tried"]

    def said(text):
        run(text)
        return cell(Book(tmp_path).pages[0])

    assert (
        said(STEPS.replace("b^2\n", "b^2 = q\n") + CLAIM + CHECK) == "2 of 3"
    )
    assert said(CLAIM + CHECK) == "none"
    assert said(STEPS + CLAIM + opted("no, these are lengths")) == (
        noticed.UNKNOWN
    )

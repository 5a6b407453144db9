"""A project is a page written in cells: run, refused, blessed as one."""

import re
from pathlib import Path

import jupytext
import pytest

from press.bless import bless
from press.book import Book
from press.execute import PageRun
from press.lint import check
from press.page import read
from press.problems import PressError
from press.programs import role
from press.projects import as_page

PLACE = "docs/projects/small.py"
SOURCE = '''\
# ---
# title: A counter
# description: How a counter that remembers is built in steps, and used.
# minutes: 60
# builds: forward, loss
# ---

# %% [markdown]
# # A counter
#
# You build something that counts.

# %%
import numpy as np

counts = [1, 2]
print(np.sum(counts))

# %% [raw] tags=["output"]
# 3

# %% [markdown]
# The counts add to `3`{ .claim of="sum(counts)" }.
#
# //// exercise | Count on
#     name: small-count
#
# Write `count`.

# %% tags=["starter"]
def count(items):
    """How many there are."""
    return 0


# %% tags=["check"]
from derivable.grading import expect_equal

expect_equal(count([7, 7]), 2, what="count([7, 7])")

# %% [markdown]
# /// hint
#
# Add one for each.
# ///
#
# /// solution

# %% tags=["solution"]
def count(items):
    """How many there are."""
    return sum(1 for _ in items)


# %% [markdown]
# ///
# ////
#
# ## Use it

# %%
print(count(counts) * 10)

# %% [raw] tags=["output"]
# 20
'''

TABLE = """\
[tool.press]
project_sections = [
  "What you will have at the end", "Against the library", "Go further",
]
[tool.press.project_least]
"graded steps" = 4
figures = 2
"ways to go further" = 3
"""


@pytest.fixture
def small(tiny):
    path = tiny / PLACE
    path.parent.mkdir()
    path.write_text(SOURCE, "utf8")
    nav = tiny / "mkdocs.yml"
    nav.write_text(nav.read_text("utf8") + "  - projects/small.md\n", "utf8")
    (tiny / "pyproject.toml").write_text(TABLE, "utf8")
    return tiny


@pytest.fixture
def change(small, edit):
    """Replace text in the source; the line of the change."""
    assert (small / PLACE).exists()
    return lambda old, new: edit(old, new, PLACE)


def page_of(root):
    return Book(root).page("projects/small")


def verified(root):
    """Run every cell; what is wrong, one a line."""
    run, found = PageRun(root, page_of(root)), []
    for fence in run.page.fences:
        if fence.is_python and role(run.page, fence) != "notest":
            try:
                run.verify(fence.line)
            except PressError as error:
                found += map(str, error.problems)
    return found


def test_a_source_is_a_page_line_by_line(small):
    page = page_of(small)
    source = SOURCE.splitlines()
    assert page.path == Path("projects/small.md")
    assert page.front["title"] == "A counter"
    assert page.fences[0].line == source.index("# %%") + 1
    for line, written in zip(page.text.splitlines(), source, strict=False):
        if not line.startswith("```") and not written.startswith("# %%"):
            assert line in {written, written[1:].removeprefix(" ")}
    roles = [role(page, f) for f in page.fences if f.is_python]
    assert roles == ["example", "starter", "grader", "solution", "example"]


def test_jupytext_reads_the_same_cells(small):
    ours = [line for line in SOURCE.splitlines() if line.startswith("# %%")]
    cells = jupytext.reads(SOURCE, fmt="py:percent").cells[1:]  # the header
    assert len(cells) == len(ours)
    page = page_of(small)
    code = [c.source for c in cells if c.cell_type == "code"]
    assert code == [f.body.rstrip() for f in page.fences if f.is_python]
    printed = [c.source for c in cells if c.cell_type == "raw"]
    assert printed == [f.body for f in page.fences if f.is_output]


def test_a_right_project_has_no_problem(small):
    assert verified(small) == []
    missing = [p.what for p in check(Book(small), "projects/small")]
    assert missing == [
        "0 figures",
        "0 ways to go further",
        "1 graded steps",
        'no section "Against the library"',
        'no section "Go further"',
        'no section "What you will have at the end"',
    ]


@pytest.mark.parametrize("minutes", ["59", "121", "an hour"])
def test_a_project_takes_one_to_two_hours(small, change, minutes):
    change("# minutes: 60", f"# minutes: {minutes}")
    found = map(str, check(Book(small), "projects/small"))
    said = "say how many a reader needs, 60 to 120"
    assert f"{PLACE}:2: minutes: {minutes}; {said}" in found


def test_cells_may_be_verified_in_any_order(small):
    run = PageRun(small, page_of(small))
    lines = [f.line for f in run.page.fences if f.is_python]
    for line in [*reversed(lines), *lines]:
        run.verify(line)


@pytest.mark.parametrize(
    "mistake",
    [
        ("# 20", "# 30", 'prints "20", the page shows "30"', "# 30"),
        ("sum(1 for", "sum(2 for", "AssertionError: count.*is 4", "expect_eq"),
        ("counts = [1, 2]", "counts = np.load('gone.npy')",
         "FileNotFoundError: .*'gone.npy'", "counts = np.load"),
        ("sum(1 for", "sum(i for", "NameError.*'i'", "    return sum"),
        ("return 0", "return len(items)", "the starter passes the check",
         '# %% tags=["starter"]'),
        ("[7, 7]), 2", "[seven]), 2", "the check itself fails.*'seven'",
         '# %% tags=["check"]'),
        ("print(count(counts)", "print(cuont(counts)", "NameError.*cuont",
         "print(cuont"),
        ("`3`{ .claim", "`4`{ .claim", 'is 3, the page says "4"',
         "# The counts add"),
        ("    return 0", "    return counts.append(3)",
         "a starter that changes `counts`, which other cells use",
         '# %% tags=["starter"]'),
        ("expect_equal(c", "counts = count([7])\nexpect_equal(c",
         "the check gives `counts` another value", '# %% tags=["check"]'),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_line(small, change, mistake):
    old, new, says, at = mistake
    change(old, new)
    problem = verified(small)[0]
    place, line, said = problem.split(":", 2)
    assert place == PLACE
    assert re.search(says, said), problem
    text = (small / PLACE).read_text("utf8").splitlines()
    assert text[int(line) - 1].startswith(at), problem


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("# %% [markdown]\n# # A", "# %% [text]\n# # A", "a cell that is not"),
        ('# %% tags=["check"]', '# %% tags=["grade"]', "a cell that is not"),
        ('# %% tags=["check"]', '# %% tags=["check"] now', "that is not read"),
        ("# You build", "You build", "a line of text that is no comment"),
        ("# %% [markdown]\n# # A counter", "# # A counter", "in no cell"),
        ("2]\nprint(np.sum(counts))\n\n", "2]\n", "right above another"),
    ],
)  # fmt: skip
def test_what_is_in_no_cell_is_refused_at_its_line(
    small, change, old, new, says
):
    line = change(old, new)
    with pytest.raises(PressError, match=says) as caught:
        read(small / "docs", Path("projects/small.py"))
    problem = caught.value.problems[0]
    assert problem.path == Path(PLACE)
    assert abs(problem.line - line) <= 1


def test_bless_writes_outputs_and_claims_into_the_source(small, change):
    change("# 20", "# 30")
    change("`3`{", "`4`{")
    change('# %% [raw] tags=["output"]\n# 3\n\n', "")
    text, problems = bless(Book(small), page_of(small))
    assert problems == []
    assert text == SOURCE


def test_a_source_of_another_folder_is_no_page(small):
    (small / "docs" / "other.py").write_text("print(1)\n", "utf8")
    names = [p.name for p in Book(small).pages]
    assert names == ["projects/small", "slopes"]


def test_a_notebook_that_was_made_by_hand_is_refused(small):
    (small / "docs" / "projects" / "mine.ipynb").write_text("{}", "utf8")
    found = [str(p) for p in check(Book(small)) if ".ipynb" in str(p)]
    said = "a notebook that was made by hand; write docs/projects/mine.py"
    assert found == [
        f"docs/projects/mine.ipynb:1: {said}; jupytext can begin it"
    ]


def test_a_page_in_a_source_ends_as_the_source_does():
    assert as_page("# %%\nprint(1)\n", Path("a.py")) == (
        "``` {.python}\nprint(1)\n```\n"
    )

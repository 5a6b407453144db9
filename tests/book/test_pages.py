"""The book as its authors wrote it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import derivable.calculus
from press import tally
from press.api import api_anchor
from press.book import Book
from press.lint import check
from press.report import counts

ROOT = Path(__file__).parents[2]


def test_no_page_has_a_problem():
    assert [str(p) for p in check(Book(ROOT))] == []


@pytest.mark.parametrize("page", Book(ROOT).chapters, ids=lambda p: p.name)
def test_a_chapter_is_verified_throughout(page):
    found = counts(page)
    claims = [d for d in page.displays if d.label.startswith("claim:")]
    assert len(claims) >= 10
    assert found["checks"] >= 1
    assert found["graded"] >= 4
    assert found["exercises"] >= 10


@pytest.mark.parametrize("name", derivable.calculus.__all__)
def test_every_public_name_has_an_entry_in_the_reference(name):
    item = getattr(derivable.calculus, name)
    if hasattr(item, "__module__"):
        source = Path(sys.modules[item.__module__].__file__)
    else:
        source = ROOT / "src/derivable/calculus/matrix_calculus.py"
    file = source.relative_to(ROOT)
    assert api_anchor(ROOT, file, name) is not None


def test_the_layout_that_the_readme_shows_is_that_of_the_tree():
    text = (ROOT / "README.md").read_text("utf8")
    table = text[text.index("## Layout") : text.index("`make help`")]
    named = re.findall(r"`([\w./-]+)`", table)
    assert len(named) >= 10
    for name in named:
        if not name.startswith("docs/generated"):
            assert (ROOT / name).exists(), name


def test_the_program_of_the_readme_prints_what_its_comment_says():
    text = (ROOT / "README.md").read_text("utf8")
    (program,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    shown = re.findall(r"^# (.*)$", program, re.MULTILINE)
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == shown


def test_the_home_page_states_the_promise_in_what_the_build_counts():
    book = Book(ROOT)
    text = (ROOT / "docs/index.md").read_text("utf8")
    named = set(tally.PLACE.findall(text)) - set(tally.WORDS)
    assert {"chapters", "programs", "outputs", "numbers", "checks"} <= named
    found = tally.tally(book)
    pages = [counts(p) for p in book.pages]
    assert found["programs"] == sum(p["blocks"] for p in pages)
    assert found["graded"] == sum(p["graded"] for p in pages)
    assert found["chapters"] == len(book.chapters)
    assert min(found[name] for name in named) > 0

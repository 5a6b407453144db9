"""The displays of the book: each is read, or refused with advice."""

from pathlib import Path

import pytest

from press import formula_checks
from press.book import Book
from press.formulas import FormulaError, read

ROOT = Path(__file__).parents[2]
BOOK = Book(ROOT)
DISPLAYS = [(page.name, d) for page in BOOK.pages for d in page.displays]
GOAL = 0.95


def refusal(latex):
    """What a display is refused with, None if it is read."""
    try:
        read(latex)
    except FormulaError as error:
        return error
    return None


@pytest.mark.parametrize("name", sorted({name for name, _ in DISPLAYS}))
def test_no_display_crashes_the_reader(name):
    for display in (d for page, d in DISPLAYS if page == name):
        error = refusal(display.latex)
        if error is not None:
            assert error.fix, display.label
            assert 0 <= error.start < error.end <= len(display.latex) + 1


def with_help():
    """The claims that a check reads, maybe by what it says in `where`."""
    return {
        display.label
        for page in BOOK.pages
        for fence in page.fences
        if formula_checks.reads(fence)
        for display in formula_checks.displays(page, fence)
    }


def test_nearly_all_labelled_claims_are_read():
    claims = [d for _, d in DISPLAYS if d.label.startswith("claim:")]
    helped = with_help()
    refused = [
        d.label for d in claims if refusal(d.latex) and d.label not in helped
    ]
    assert len(claims) >= 270
    assert len(refused) <= (1 - GOAL) * len(claims), refused

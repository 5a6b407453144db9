"""The book as its authors wrote it."""

from pathlib import Path

import pytest

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

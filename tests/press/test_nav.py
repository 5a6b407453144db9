"""What is read of the settings of the site, and where it shows."""

import pytest

from press import api, publish
from press.book import Book
from press.nav import reading_order, repo_url
from press.problems import PressError

SETTINGS = """\
repo_url: !ENV [TINY_REPO_URL, "https://example.org/book/"]
nav:
  - Last first: zebra.md
  - Part:
      - slopes.md
      - Elsewhere: generated/glossary.md
"""


@pytest.fixture
def book(tiny):
    (tiny / "mkdocs.yml").write_text(SETTINGS)
    for name in ("apple", "zebra"):
        page = f"---\ntitle: {name}\n---\n\n# {name}\n"
        (tiny / f"docs/{name}.md").write_text(page)
    return Book(tiny)


def test_pages_come_in_the_order_of_the_nav(book):
    names = [p.name for p in reading_order(book)]
    assert names[:2] == ["zebra", "slopes"]
    assert names[2:] == sorted(names[2:])
    assert "apple" in names
    listed = publish.llms(book)
    assert listed.index("[zebra]") < listed.index("[apple]")


def test_without_settings_the_order_is_that_of_paths(tiny):
    book = Book(tiny)
    assert reading_order(book) == book.pages
    assert repo_url(tiny) == ""


def test_the_code_host_comes_from_the_environment_or_the_file(
    book, monkeypatch
):
    assert repo_url(book.root) == "https://example.org/book"
    monkeypatch.setenv("TINY_REPO_URL", "https://example.org/fork")
    assert repo_url(book.root) == "https://example.org/fork"


def library(book, source):
    (book.root / "src/derivable/__init__.py").write_text('"""A library."""\n')
    (book.root / "src/derivable/tiny.py").write_text(
        f'"""One function."""\n\n\ndef double(x):\n'
        f'    """Twice x.\n\n    Source:\n        {source}\n    """\n'
        f"    return 2 * x\n"
    )
    return api.render(book)["tiny.md"]


def test_an_entry_leads_to_its_lines_at_the_code_host(book):
    text = library(book, "Newton (1687).")
    link = "https://example.org/book/blob/main/src/derivable/tiny.py#L4-L10"
    assert f"[Source]({link})" in text


def test_a_source_that_is_an_equation_leads_to_it(book):
    label = next(n for n in book.labels if n.startswith("claim:"))
    number = book.labels[label][0].number
    text = library(book, f"Newton (1687); eq. `{label}` of this book.")
    assert f"eq. [({number})](../../slopes.md#{label}) of *" in text


def test_an_equation_that_no_page_has_is_an_error_at_the_docstring(book):
    with pytest.raises(PressError) as caught:
        library(book, "eq. `claim:nowhere` of this book.")
    problem = caught.value.problems[0]
    assert str(problem).startswith(
        "src/derivable/tiny.py:5: no page has an equation `claim:nowhere`"
    )

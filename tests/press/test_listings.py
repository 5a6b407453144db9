"""A listing prints the mathematics first, and loses nothing."""

import pytest
from bs4 import BeautifulSoup

from press import equations
from press.book import Book
from press.lint import check
from press.listings import folded, folds
from press.notebooks import Notebook
from press.problems import PressError
from press.programs import code_of

from .test_extension import convert

SHORT = '"""Twice x."""'
LONG = '''\
"""Twice x.

    Args:
        x: what is < doubled.
    """'''


def listing(root):
    """The code of the one listing, and its folds."""
    html = BeautifulSoup(convert(root), "html.parser")
    (block,) = html.select("div.highlight.listing")
    return block.select_one("pre > code"), block.select("span.fold")


def test_a_docstring_folds_after_its_first_line(tiny, edit):
    edit(SHORT, LONG, "src/derivable/tiny.py")
    code, (fold,) = listing(tiny)
    assert fold.get_text() == LONG.partition("\n")[2] + "\n"
    button = fold.find_previous_sibling()
    assert button.name == "button"
    assert button["aria-expanded"] == "false"
    assert button["aria-label"]
    source = (tiny / "src/derivable/tiny.py").read_text("utf8")
    assert code.get_text() == source[source.index("def double") :]


def test_a_docstring_of_one_line_has_no_button(tiny):
    code, found = listing(tiny)
    assert found == []
    assert code.find("button") is None


def test_only_listings_of_the_library_fold(tiny, edit):
    cell = "snippets/slopes/exercises/double.py"
    edit("    return 2 * x", f"    {LONG}\n    return 2 * x", cell)
    assert "what is &lt; doubled" in convert(tiny)
    assert "fold" not in convert(tiny)


def test_every_docstring_of_a_class_folds():
    text = f"class A:\n    {LONG}\n\n    def f(self):\n        {LONG}\n"
    assert folds(text) == (range(2, 6), range(9, 13))
    assert folds(text.replace('"""', "'''")) == folds(text)


@pytest.mark.parametrize(
    "text",
    ["def f(:", "x = '''a\nb'''", "def f():\n    x = '''a\n    b'''", "", "1"],
)
def test_what_is_no_docstring_does_not_fold(text):
    assert folds(text) == ()


def test_a_listing_may_end_with_its_docstring():
    lines = ["class A:", '    """B.', "", '    C."""']
    html = folded(lines, folds("\n".join(lines)))
    text = BeautifulSoup(html, "html.parser").get_text()
    assert text == "\n".join(lines)
    assert html.endswith('C."""</span>')


TINY = "src/derivable/tiny.py"
OTHER = """\
---
title: A & B
---

# A & B

$$
a = b \\label{def:other}
$$
"""


def test_a_line_and_its_equation_lead_to_each_other(tiny, edit):
    edit("return 2 * x", "return 2 * x  # eq. claim:only", TINY)
    html = BeautifulSoup(convert(tiny), "html.parser")
    (line,) = html.select(".highlight.listing code .eq-line")
    assert line.get_text() == "    return 2 * x  # (2)"
    assert line.a["href"] == "#claim:only"
    assert line["data-eq"] == "claim:only"
    (back,) = html.select(".equation .eq-code")
    assert back.find_parent(class_="equation")["id"] == "claim:only"
    assert back["href"] == f"#{line.a.span['id']}"
    assert back["aria-label"] == "Equation (2) in code"
    assert back.has_attr("data-search-exclude")


def test_an_equation_without_a_listing_leads_to_the_source(tiny):
    text = (tiny / TINY).read_text("utf8")
    more = text + "\n\ndef triple(x):\n    return 3 * x  # eq. claim:square\n"
    (tiny / TINY).write_text(more, "utf8")
    html = BeautifulSoup(convert(tiny), "html.parser")
    (back,) = html.select(".equation .eq-code")
    assert back.find_parent(class_="equation")["id"] == "claim:square"
    number = more.splitlines().index("    return 3 * x  # eq. claim:square")
    assert back["href"].endswith(f"/blob/main/{TINY}#L{number + 1}")


def test_an_equation_of_another_page_is_named_with_it(tiny, edit):
    (tiny / "docs/part").mkdir()
    (tiny / "docs/part/other.md").write_text(OTHER, "utf8")
    edit("return 2 * x", "return 2 * x  # eq. def:other", TINY)
    html = BeautifulSoup(convert(tiny), "html.parser")
    link = html.select_one(".eq-line a")
    assert link.get_text() == "(1) of A & B"
    assert link["href"] == "../part/other/#def:other"
    assert html.select(".eq-code") == []


def test_no_line_of_a_listing_has_an_anchor_of_its_own(tiny, edit):
    """The theme would lay out all of the listing as lines with anchors."""
    edit("return 2 * x", "return 2 * x  # eq. claim:only", TINY)
    html = BeautifulSoup(convert(tiny), "html.parser")
    assert html.select("pre > code > span")
    assert html.select("pre > code > span[id], pre > code a[id]") == []


def test_two_lines_of_an_equation_have_one_anchor(tiny, edit):
    edit(
        "    return 2 * x",
        "    y = x + x  # eq. claim:only\n    return y  # eq. claim:only",
        TINY,
    )
    html = BeautifulSoup(convert(tiny), "html.parser")
    ids = [found["id"] for found in html.select(".eq-line [id]")]
    assert ids == ["code:claim:only"]


def test_a_notebook_says_the_number_of_the_equation(tiny, edit):
    edit("return 2 * x", "return 2 * x  # eq. claim:only", TINY)
    book = Book(tiny)
    page = book.page("slopes")
    fence = next(f for f in page.fences if f.include)
    code = code_of(tiny, book.place(page), fence)
    said = equations.numbered(book, page, code)
    assert said == code.text.replace("# eq. claim:only", "# (2)")


@pytest.mark.parametrize(
    ("comment", "says"),
    [
        ("  # eq. claim:none", 'equation "claim:none", which no page labels'),
        ("  # eq. fig:line", '"# eq. fig:line" names no equation'),
        ("  # eq claim:only", '"# eq claim:only" names no equation'),
        ("  # eq. claim:only, see", '"# eq. claim:only, see" names no equat'),
        ("\n    # eq. claim:only", '"# eq. claim:only" on a line without cod'),
    ],
)
def test_a_comment_that_names_no_equation_is_refused(
    tiny, edit, comment, says
):
    line = edit("return 2 * x", f"return 2 * x{comment}", TINY)
    at = line + comment.count("\n")
    (found,) = [str(p) for p in equations.problems(Book(tiny))]
    assert found.startswith(f"{TINY}:{at}: {says}")
    assert found in [str(p) for p in check(Book(tiny))]


def test_a_build_refuses_a_label_that_is_none(tiny, edit):
    line = edit("return 2 * x", "return 2 * x  # eq. def:none", TINY)
    says = f"{TINY}:{line}: .*def:none"
    with pytest.raises(PressError, match=says):
        convert(tiny)
    with pytest.raises(PressError, match=says):
        Notebook(Book(tiny), Book(tiny).page("slopes")).cells()


def test_text_that_looks_like_a_comment_is_none():
    text = 'x = "a  # eq. def:b"\n"""\nc  # eq. def:d\n"""\n'
    assert equations.named(text) == {}

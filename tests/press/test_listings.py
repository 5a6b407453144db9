"""A listing prints the mathematics first, and loses nothing."""

import pytest
from bs4 import BeautifulSoup

from press.listings import folded, folds

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

"""Symbols of a page: which it uses, introduces, and with which shape."""

from pathlib import Path

import pytest

from press import symbols
from press.book import Book
from press.page import Display

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("latex", "names"),
    [
        (r"\sum_{i=1}^n x_i^2", {"x"}),
        (r"\norm{A x}_p \le \lambda", {"A", "x", "lam"}),
        (r"\hat y = \max_k z_k", {"y_hat", "z"}),
        (r"x^\star = \argmin_u f(u)", {"x_star", "f"}),
        (r"\int_0^a g(t) \dd t = b", {"a", "g", "b"}),
        (r"\frac{\dd}{\dd t} s(t) = v", {"t", "s", "v"}),
        (r"\text{cost} = n d", {"n", "d"}),
        ("a +", set()),
    ],
)
def test_the_symbols_of_a_display_are_those_with_a_value(latex, names):
    found = symbols.used(Display(1, 3, latex, "claim:one", 2))
    assert set(found) == names
    for name, start in found.items():
        assert latex[start:].strip()[0] in "\\" + name


@pytest.mark.parametrize(
    ("latex", "names"),
    [
        ("$", set()),
        (r"x", {"x"}),
        (r"\hat{x}, \bar w", {"x_hat", "x", "w_bar", "w"}),
        (r"x^\star \in \R^n", {"x", "x_star", "n"}),
        (r"\mathcal{L}(\theta)", {"L", "theta"}),
        (r"\operatorname{dist}(a)", {"dist", "a"}),
    ],
)
def test_inline_mathematics_introduces_what_it_shows(latex, names):
    assert names <= symbols.introduced([latex])


def test_a_definition_introduces_what_stands_left():
    display = Display(1, 3, r"u = x, \quad f(t) = t", "def:one", 2)
    assert symbols.defined(display) == {"u", "f"}
    assert symbols.used(display).keys() == {"x", "t"}


def test_the_notation_page_tells_axes_where_it_gives_shapes(tmp_path):
    path = tmp_path / "notation.md"
    path.write_text(
        "| Symbol | In code | Meaning | Shape |\n|---|---|---|---|\n"
        "| $x$ | `x` | a point | $(n)$ |\n"
        "| $x$, $X$ | `x`, `X` | one input, a batch | number, $(n, d)$ |\n"
        "| $b$ | | bias | number or $(k)$ |\n"
        "| $a$, $c$ | | both | numbers |\n"
        "| $y$ | | what comes out | as $x$ |\n"
        "| $y$ | | a target | number |\n"
        "| $f(x)$ | | a value | number |\n",
        "utf8",
    )
    assert symbols.listed_axes(path) == {
        "x": {0, 1},
        "X": {2},
        "b": {0, 1},
        "a": {0},
        "c": {0},
    }
    assert symbols.listed_axes(tmp_path / "none.md") == {}


EXEMPLARS = [
    "calculus/gradients",
    "linalg/vectors",
    "optimization/first_order",
]


@pytest.mark.parametrize("name", EXEMPLARS)
def test_every_symbol_of_the_exemplars_is_described_once(name, monkeypatch):
    monkeypatch.setattr(Book, "later", frozenset())
    book = Book(ROOT)
    page = book.page(f"{name}.md")
    found = [*symbols.undescribed(book, page), *symbols.changed(book, page)]
    assert [str(p) for p in found] == []

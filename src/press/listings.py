"""A listing as it is printed: the mathematics first.

Of a docstring the first line stays, and the rest is folded: one press of a
button opens it. Whoever copies gets all of it, and without scripts, on paper
and in the search nothing is folded. A line that names its equation shows the
number, as a link; the equation leads back to the line.
"""

import ast
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from press import equations

CLASS = "listing"
_MARKED = re.compile(
    rf'<div class="(?P<before>[^"]*\b{CLASS})-(?P<index>\d+)(?P<after>[^"]*)"'
    r"(?P<open>[^>]*><pre>(?:<span></span>)?<code>)(?P<code>.*?)</code>",
    re.DOTALL,
)
_BUTTON = (
    '<button type="button" class="fold-button" aria-expanded="false"'
    ' aria-label="The whole docstring"></button>'
)


@functools.lru_cache(maxsize=1024)
def folds(text: str) -> tuple[range, ...]:
    """The lines of each docstring after its first, counted from 0."""
    try:
        tree = ast.parse(text)
    except SyntaxError:  # its run says so
        return ()
    found = [
        range(docstring.lineno, docstring.end_lineno or docstring.lineno)
        for node in ast.walk(tree)
        if (docstring := _docstring(node)) is not None
    ]
    return tuple(sorted((f for f in found if f), key=lambda f: f.start))


def _docstring(node: ast.AST) -> ast.Constant | None:
    holds = ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef
    if not isinstance(node, holds) or not node.body:
        return None
    first = node.body[0]
    value = first.value if isinstance(first, ast.Expr) else None
    is_text = isinstance(value, ast.Constant) and isinstance(value.value, str)
    return value if is_text else None  # type: ignore[return-value]


@dataclass(frozen=True)
class Link:
    """Where an equation is read, and how a listing calls it."""

    href: str
    text: str


def anchor(label: str) -> str:
    """The place on a page of the first line that is an equation."""
    return f"code:{label}"


def printed(html: str, texts: list[str], link: Callable[[str], Link]) -> str:
    """The HTML of a page, its listings folded and linked to equations.

    Listing number n of `texts` has the class ``listing-n`` in the HTML.
    """
    seen: set[str] = set()

    def listing(match: re.Match[str]) -> str:
        text = texts[int(match["index"])]
        lines = match["code"].split("\n")
        for number, label in equations.named(text).items():
            place = "" if label in seen else f' id="{anchor(label)}"'
            seen.add(label)
            line = _linked(lines[number - 1], label, link(label), place)
            lines[number - 1] = (
                f'<span class="eq-line" data-eq="{label}">{line}</span>'
            )
        opening = f'{match["before"]}{match["after"]}"{match["open"]}'
        return f'<div class="{opening}{folded(lines, folds(text))}</code>'

    return _MARKED.sub(listing, html)


def _linked(line: str, label: str, link: Link, place: str) -> str:
    """A highlighted line whose comment is a link to its equation.

    The anchor is within: of a line with an anchor the theme thinks that all
    lines have one, and lays out the others token by token; and it hides a
    link with an anchor.
    """
    text = f"<span{place}>{link.text}</span>" if place else link.text
    said = f'# <a href="{link.href}">{text}</a>'
    return line.replace(f"# eq. {label}", said)


def folded(lines: list[str], ranges: tuple[range, ...]) -> str:
    """Lines of highlighted code, with a button before each fold."""
    before = {fold.start - 1 for fold in ranges}
    first = {fold.start for fold in ranges}
    last = {fold.stop - 1 for fold in ranges}

    def pieces() -> Iterator[str]:
        for number, line in enumerate(lines):
            yield '<span class="fold">' if number in first else ""
            yield line
            yield _BUTTON if number in before else ""
            yield "\n" if number < len(lines) - 1 else ""
            yield "</span>" if number in last else ""

    return "".join(pieces())

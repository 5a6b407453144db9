"""What of a page's source is still seen in the page: nothing may be.

One rule over the rendered text. Markdown prints what it does not
understand as it stands, without a word; so each sign that has a meaning
in the source and none for a reader is looked for, outside of code and
mathematics, and the elements of the page have to close in order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from press.book import Book
from press.page import Page
from press.problems import PressError, Problem

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link",
    "meta", "source", "track", "wbr",
}  # fmt: skip
SILENT = {
    "code", "pre", "math", "script", "style", "svg", "template", "textarea",
}  # fmt: skip
BREAKS = {"p", "div", "li", "td", "th", "h1", "h2", "h3", "h4", "summary"}
REMNANT = re.compile(
    r"\$"
    r"|\\[()\[\]]"
    r"|\\(?:begin|end|c?ref|eqref|label|cite|text|frac)\b"
    r"|\[[@^]"
    r"|:::"
    r"|///"
    r"|\{:? *[.#][\w-]"
    r"|\]\(|\]\["
    r"|--8<--"
    r"|```|~~~"
    r"|\*\*|__(?=\w)"
    r"|!!! |\?\?\? "
    r"|^\s*#{1,6} "
    r"|\*\[[^\]]*\]:"
    r"|</?[a-zA-Z][\w-]*(?=[\s>/])"
    r"|&(?:[a-z]+|#\d+);",
    re.MULTILINE,
)
AROUND = 24  # characters that are looked for in the source


@dataclass
class _Reader(HTMLParser):
    """The visible text of the article, and what does not close."""

    text: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    inside: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        if tag == "article" or self.inside:
            self.inside += tag == "article"
            if tag in BREAKS:
                self.text.append("\n")
            if tag not in VOID:
                self.open.append(tag)
            for name, value in attrs:
                if name in {"alt", "title"} and tag in {"img", "abbr"}:
                    self.text.append(f"\n{value}\n")

    def handle_startendtag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.inside or tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            within = f" inside <{self.open[-1]}>" if self.open else ""
            self.wrong.append(f"</{tag}>{within}")
            if tag not in self.open:
                return
        while self.open and self.open.pop() != tag:
            pass
        self.inside -= tag == "article"

    def handle_data(self, data: str) -> None:
        if self.inside and not SILENT & {*self.open}:
            self.text.append(data)


def problems(html: str, page: Page, place: Path) -> Iterator[Problem]:
    """What of the source is seen in the page that was made of it.

    Args:
        html: the page as it is published; its article is looked at.
        page: its source.
        place: how messages call the source.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = page.text.split("\n")
    for line in dict.fromkeys("".join(reader.text).split("\n")):
        for match in REMNANT.finditer(line):
            seen = line[match.start() : match.start() + AROUND].strip()
            yield Problem(
                place,
                _line_of(
                    lines,
                    page.front_lines,
                    *(seen, seen[: AROUND // 2], seen.split()[0], match[0]),
                ),
                f'"{seen}" is printed as it stands',
                r"mend the mark-up, or write \ before the sign",
            )
    unclosed = [f"<{tag}> that is not closed" for tag in reader.open]
    for what in dict.fromkeys([*reader.wrong, *unclosed]):
        tags = re.findall(r"</?([\w-]+)", what)
        signs = [sign for tag in tags for sign in (f"</{tag}", f"<{tag}")]
        yield Problem(
            place,
            _line_of(lines, page.front_lines, *signs),
            f"HTML that does not close in order: {what}",
            "close each element where it belongs",
        )


def _line_of(lines: list[str], start: int, *wanted: str) -> int:
    """The first line that holds one of what is wanted, the first best."""
    for text in wanted:
        for number, line in enumerate(lines[start:], start + 1):
            if text and text in line:
                return number
    return 1


def check(root: Path, site: Path) -> None:
    """Look at every page of the book as it was built.

    Raises:
        PressError: with all that was found.
    """
    book = Book(root)
    found: list[Problem] = []
    for page in book.pages:
        html = html_of(site, page)
        if html.exists():
            text = html.read_text("utf8")
            found += problems(text, page, book.place(page))
    if found:
        raise PressError(found)


def html_of(site: Path, page: Page) -> Path:
    """Where a page is published."""
    if page.path.name == "index.md":
        return site / page.path.with_suffix(".html")
    return site / page.path.with_suffix("") / "index.html"

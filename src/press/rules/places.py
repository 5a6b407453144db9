"""Headings, pictures, terms and the navigation: each in its place."""

import re
from collections.abc import Iterator
from pathlib import Path

from press import source
from press.book import TERM, Book
from press.page import Page
from press.problems import Problem

Problems = Iterator[Problem]

IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<target>[^)\s]*)[^)]*\)")
HTML_IMAGE = re.compile(r"<img\b(?P<inside>[^>]*)>?", re.IGNORECASE)
ALT_HTML = re.compile(r'\balt="(?P<alt>[^"]*)"')
CLOSE_HEADING = re.compile(r"^#{1,6}[^#\s]")
UNDERLINE = re.compile(r"^(=+|-+)\s*$")
NAV_PAGE = re.compile(r"(?P<name>[\w./-]+\.md)\b")
IMAGE_BYTES = 200_000
ALT = 20  # characters that a description has at least


def headings(book: Book, page: Page) -> Problems:
    """Levels go down one at a time, and every heading is seen as one."""
    place = book.place(page)
    level = 0
    for number, heading in enumerate(page.headings):
        if number and heading.level > level + 1:
            yield Problem(
                place, heading.line,
                f"a heading of level {heading.level} under one of level "
                f"{level}", f"write {'#' * (level + 1)}",
            )  # fmt: skip
        if not heading.text.strip():
            yield Problem(
                place, heading.line, "a heading without words", "write them"
            )
        level = heading.level
    before = ""
    for number, line in enumerate(page.masked, 1):
        if number > page.front_lines:
            if CLOSE_HEADING.match(line):
                yield Problem(
                    place, number, "a heading without a space",
                    "write a space after #",
                )  # fmt: skip
            if UNDERLINE.match(line) and before.strip():
                yield Problem(
                    place, number, "a heading by underlining",
                    "write ## before it; a rule has an empty line before it",
                )  # fmt: skip
        before = line


def exercises(book: Book, page: Page) -> Problems:
    """An exercise is found by its title."""
    for block in page.blocks:
        if block.kind == "exercise" and not block.title:
            yield Problem(
                book.place(page), block.line, "an exercise without a title",
                "write //// exercise | Title",
            )  # fmt: skip


def images(book: Book, page: Page) -> Problems:
    """Images that are not drawn: there, light, and described."""
    place = book.place(page)
    for number, line in enumerate(page.masked, 1):
        for match in IMAGE.finditer(line):
            yield from _described(place, number, match["alt"])
            target = match["target"]
            if re.match(r"[a-z]+:|//", target):
                yield Problem(
                    place, number, f'an image from elsewhere, "{target}"',
                    "put it into the book",
                )  # fmt: skip
                continue
            path = (book.docs / page.path.parent / target).resolve()
            if not target or not path.is_file():
                yield Problem(
                    place, number, f'no image "{target}"',
                    "name a file relative to this page",
                )  # fmt: skip
            elif path.stat().st_size > IMAGE_BYTES:
                size = path.stat().st_size // 1000
                yield Problem(
                    place, number, f'image "{target}" of {size} KB',
                    f"make it {IMAGE_BYTES // 1000} KB or less",
                )  # fmt: skip
        for match in HTML_IMAGE.finditer(line):
            alt = ALT_HTML.search(match["inside"])
            yield from _described(place, number, alt["alt"] if alt else "")


def _described(place: Path, line: int, alt: str) -> Problems:
    if len(alt) < ALT:
        yield Problem(
            place, line, "an image without alt text",
            "say what is seen and what it means",
        )  # fmt: skip


def terms(book: Book) -> Problems:
    """The glossary is a list of terms, in order."""
    path = book.root / book.settings.glossary
    if not path.exists():
        return
    place = path.relative_to(book.root)
    before = ""
    for number, line in enumerate(source.read(path, place).split("\n"), 1):
        match = TERM.match(line)
        if line.strip() and not match:
            yield Problem(
                place, number, f'"{line.strip()[:40]}" is no term',
                "write *[term]: One plain sentence.",
            )  # fmt: skip
        if match:
            term = match["term"]
            if term.lower() < before.lower():
                yield Problem(
                    place, number, f'"{term}" after "{before}"',
                    "put the terms in alphabetical order",
                )  # fmt: skip
            before = term


def navigation(book: Book) -> Problems:
    """A page has one place in the contents."""
    path = book.root / "mkdocs.yml"
    if not path.exists():
        return
    place = Path(path.name)
    seen: dict[str, int] = {}
    inside = False
    for number, line in enumerate(source.read(path, place).split("\n"), 1):
        if line[:1].strip() and line[0] != "#":
            inside = line.startswith("nav:")
        for match in NAV_PAGE.finditer(line.partition(" #")[0]):
            name = match["name"]
            if inside and name in seen:
                yield Problem(
                    place, number,
                    f'"{name}" stands at line {seen[name]} already',
                    "keep one place for it",
                )  # fmt: skip
            elif inside:
                seen[name] = number


RULES = (headings, exercises, images)
BOOK_RULES = (terms, navigation)

"""One `mkdocs.yml`, two site generators, the same pages."""

import argparse
import html.parser
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from press import built, site

VOID = {"br", "img", "hr", "input", "link", "meta", "wbr", "source"}


class _Article(html.parser.HTMLParser):
    """The words of the article, and its mathematics tag by tag."""

    SKIPPED = ("headerlink", "md-content__button", "md-source-file")

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.skip = 0
        self.math = 0
        self.words: list[str] = []

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        given = dict(attrs)
        names = (given.get("class") or "").split()
        if tag == "article" and "md-content__inner" in names:
            self.depth = 1
            return
        if not self.depth or tag in VOID:
            return
        self.depth += 1
        ignored = tag in {"script", "style", "svg", "button"}
        if self.skip or ignored or set(self.SKIPPED) & set(names):
            self.skip += 1
        if tag == "math" or self.math:
            self.math += 1
        if self.math:
            self.words.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if not self.depth or tag in VOID:
            return
        self.depth -= 1
        self.skip = max(self.skip - 1, 0)
        if self.math:
            self.words.append(f"</{tag}>")
            self.math -= 1

    def handle_data(self, data: str) -> None:
        if self.depth and not self.skip:
            self.words += data.split()


def article(page: Path) -> list[str]:
    """The words and the MathML of the article of a built page."""
    parser = _Article()
    parser.feed(page.read_text("utf8"))
    return parser.words


def compare(one: Path, two: Path) -> list[str]:
    """What differs between the pages of two built sites."""
    pages = {p.relative_to(one).as_posix() for p in one.rglob("index.html")}
    others = {p.relative_to(two).as_posix() for p in two.rglob("index.html")}
    found = [f"{p}: only one engine built it" for p in sorted(pages ^ others)]
    for page in sorted(pages & others):
        a, b = article(one / page), article(two / page)
        if a != b:
            at = next(
                (
                    i
                    for i, (x, y) in enumerate(zip(a, b, strict=False))
                    if x != y
                ),
                min(len(a), len(b)),
            )
            left, right = " ".join(a[at : at + 8]), " ".join(b[at : at + 8])
            found.append(f'{page}: "{left}" against "{right}"')
    return found


def main(argv: Sequence[str]) -> int:
    """Build with both, or take what is built; say what differs."""
    parser = argparse.ArgumentParser(prog="press engines", description=__doc__)
    parser.parse_args(argv)
    root = Path.cwd()
    site.prepare(root)
    with tempfile.TemporaryDirectory() as folder:
        sites = {}
        for engine in site.ENGINES:
            at = built.find(root, engine) or Path(folder) / engine
            if at.is_relative_to(folder) and site.generated(root, at, engine):
                return 1
            sites[engine] = at
        found = compare(sites["mkdocs"], sites["zensical"])
        pages = len(list(sites["mkdocs"].rglob("index.html")))
    for difference in found:
        print(difference, file=sys.stderr)  # noqa: T201
    print(f"{pages} pages, {len(found)} differ")  # noqa: T201
    return bool(found)

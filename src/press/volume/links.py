"""One volume out of many pages: each anchor, link and picture by one name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from bs4 import Tag

from press.problems import PressError, Problem
from press.volume.article import html_of
from press.volume.plan import Chapter

INDEX = "index.html"
HERE = "https://book.invalid/"  # where the site stands while links are read
SAFE = "%/:?#[]@!$&'()*+,;=~"  # what an address has, besides letters
OTHER = re.compile(r"[^A-Za-z0-9_.-]")
LOCAL = re.compile(r"url\(#([^)]+)\)")


def anchor(slug: str, fragment: str = "") -> str:
    """The name of a place in the volume: a name in XML, too."""
    inside = OTHER.sub(lambda m: f".{ord(m[0]):x}.", fragment)
    return f"{slug}--{inside}" if fragment else slug


@dataclass(frozen=True)
class Links:
    """What the links of the pages become.

    Attributes:
        site: the folder of the built site.
        address: where the site is read, for what is not in the volume.
        chapters: those that are, by their path.
    """

    site: Path
    address: str
    chapters: dict[Path, Chapter]

    @cached_property
    def _slugs(self) -> dict[str, str]:
        """The name of each chapter, by where it is published."""
        return {
            html_of(Path(), path).as_posix(): chapter.slug
            for path, chapter in self.chapters.items()
        }

    def bind(self) -> None:
        """Rename every anchor, then point every link and picture.

        Raises:
            PressError: with every link and picture that leads nowhere.
        """
        for chapter in self.chapters.values():
            _rename(chapter)
        anchors = {
            str(tag["id"])
            for chapter in self.chapters.values()
            for tag in [chapter.body, *chapter.body.find_all(id=True)]
        }
        problems = [
            problem
            for path, chapter in self.chapters.items()
            for problem in self._point(path, chapter.body, anchors)
        ]
        if problems:
            raise PressError(problems)

    def _point(
        self, path: Path, body: Tag, anchors: set[str]
    ) -> Iterator[Problem]:
        page = html_of(self.site, path)
        for tag in body.find_all("a", href=True):
            found = self._target(page, str(tag["href"]))
            if found is None or (found[0] == "#" and found[1:] not in anchors):
                yield Problem(
                    page, tag.sourceline or 1,
                    f'the link to "{tag["href"]}" leads nowhere',
                    "mend the link, and run make build",
                )  # fmt: skip
            else:
                tag["href"] = found
        for tag in body.find_all("img", src=True):
            file = self._file(page, str(tag["src"]))
            if not file.is_file():
                yield Problem(
                    page, tag.sourceline or 1,
                    f'there is no picture "{tag["src"]}"', "run make build",
                )  # fmt: skip
            tag["src"] = file.relative_to(self.site).as_posix()

    def _target(self, page: Path, href: str) -> str | None:
        """Where a link leads: `#anchor`, an address, or nowhere."""
        url = urljoin(self._url(page), href)
        if not url.startswith(HERE):
            return quote(href, safe=SAFE)
        parts = urlsplit(url)
        place = unquote(parts.path).strip("/")
        for name in (place, f"{place}/{INDEX}".lstrip("/")):
            if name in self._slugs:
                slug = self._slugs[name]
                return f"#{anchor(slug, unquote(parts.fragment))}"
        target = self.site / place
        if (target / INDEX).is_file() or target.is_file():
            return urljoin(self.address, url.removeprefix(HERE))
        return None

    def _file(self, page: Path, src: str) -> Path:
        path = urlsplit(urljoin(self._url(page), src)).path
        return self.site / unquote(path).lstrip("/")

    def _url(self, page: Path) -> str:
        return urljoin(HERE, page.relative_to(self.site).as_posix())


def _rename(chapter: Chapter) -> None:
    """Every anchor begins with the name of its chapter."""
    slug = chapter.slug
    chapter.body["id"] = slug
    for tag in chapter.body.find_all(name=True):
        if "id" in tag.attrs:
            tag["id"] = anchor(slug, str(tag["id"]))
        for name, value in tag.attrs.items():
            if isinstance(value, str) and "url(#" in value:
                tag[name] = LOCAL.sub(
                    lambda m: f"url(#{anchor(slug, m[1])})", value
                )


def by_path(chapters: list[Chapter]) -> dict[Path, Chapter]:
    """The chapters that are pages of the site."""
    return {c.path: c for c in chapters if c.path is not None}

"""What the volume holds: parts and chapters, as the nav has them."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bs4 import Tag

from press.nav import SETTINGS, places, settings
from press.problems import PressError, Problem


@dataclass
class Chapter:
    """One page of the site, or the solutions of a part.

    Attributes:
        path: of its source below `docs`; nothing has one if it was made here.
        slug: the name that its anchors begin with.
        title: its heading, in words.
        body: what is printed.
    """

    path: Path | None
    slug: str
    title: str
    body: Tag


@dataclass
class Part:
    """A section of the nav; a page that stands alone has no title."""

    title: str
    chapters: list[Chapter]


@dataclass(frozen=True)
class Volume:
    """A book that is whole, and what its cover says."""

    title: str
    about: str
    rights: str
    language: str
    address: str
    parts: list[Part]

    @property
    def chapters(self) -> list[Chapter]:
        """All of them, in order."""
        return [chapter for part in self.parts for chapter in part.chapters]


def planned(root: Path) -> list[tuple[str, list[Path]]]:
    """The parts, and the pages of each below `docs`.

    `[tool.press] volume_without` names pages and folders that are of use on
    a screen only.

    Raises:
        PressError: if the nav has no page that is printed.
    """
    without = _without(root)
    found = []
    for title, entry in _sections(settings(root).get("nav") or []):
        pages = [Path(place) for place in places(entry)]
        kept = [p for p in pages if not _left_out(p, without)]
        if kept:
            found.append((title, kept))
    if not found:
        raise PressError(
            Problem(
                Path(SETTINGS), 1, "the nav names no page to print",
                "list the pages of the book under nav",
            )
        )  # fmt: skip
    return found


def slug_of(path: Path) -> str:
    """The name of a page inside of the volume."""
    plain = path.with_suffix("")
    if plain.name == "index" and len(plain.parts) > 1:
        plain = plain.parent
    return "-".join(plain.parts)


def _without(root: Path) -> list[Path]:
    path = root / "pyproject.toml"
    tables = tomllib.loads(path.read_text("utf8")) if path.exists() else {}
    table = tables.get("tool", {}).get("press", {})
    return [Path(name) for name in table.get("volume_without", [])]


def _left_out(page: Path, without: list[Path]) -> bool:
    plain = page.with_suffix("")
    return any(plain.is_relative_to(name) for name in without)


def _sections(nav: list[Any]) -> Iterator[tuple[str, Any]]:
    for item in nav:
        if isinstance(item, dict):
            for title, inside in item.items():
                yield ("" if isinstance(inside, str) else title), inside
        else:
            yield "", item

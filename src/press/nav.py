"""What the press reads of `mkdocs.yml`: the order of pages, the code host."""

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from press.book import Book
from press.page import Page
from press.problems import PressError, Problem

SETTINGS = "mkdocs.yml"


class _Loader(yaml.SafeLoader):
    """Knows `!ENV`, as both site generators do."""


def _environment(loader: _Loader, node: yaml.Node) -> object:
    """The first variable that is set, else the last entry."""
    if not isinstance(node, yaml.SequenceNode):
        return os.environ.get(str(node.value))
    *names, default = loader.construct_sequence(node)
    return next((os.environ[n] for n in names if n in os.environ), default)


_Loader.add_constructor("!ENV", _environment)


def settings(root: Path) -> dict[str, Any]:
    """The settings of the site; none if the tree has no site."""
    path = root / SETTINGS
    if not path.exists():
        return {}
    return _parsed(path.read_text("utf8"), tuple(sorted(os.environ.items())))


@lru_cache(maxsize=8)
def _parsed(text: str, _environ: object) -> dict[str, Any]:
    """Read once for each text and environment; nobody writes into it."""
    found: dict[str, Any] = yaml.load(text, _Loader)  # noqa: S506  (safe)
    return found or {}


def variable(root: Path, name: str) -> str:
    """The variable of the environment that a setting of the site reads.

    Raises:
        PressError: if it reads none.
    """
    text = (root / SETTINGS).read_text("utf8")
    found = re.search(rf"^\s*{name}:\s*!ENV\s*\[?\s*(\w+)", text, re.MULTILINE)
    if found is None:
        what = f"{name} is read from no variable"
        fix = f"write {name}: !ENV [A_NAME, the default]"
        raise PressError(Problem(Path(SETTINGS), 1, what, fix))
    return found[1]


def repo_url(root: Path) -> str:
    """Where the sources are read, without a slash at the end, or nothing."""
    return str(settings(root).get("repo_url") or "").rstrip("/")


def reading_order(book: Book) -> list[Page]:
    """The pages as a reader meets them; those outside the nav come last."""
    order = {
        place: number
        for number, place in enumerate(places(settings(book.root).get("nav")))
    }
    return sorted(
        book.pages,
        key=lambda p: (order.get(p.path.as_posix(), len(order)), p.path),
    )


def places(entry: Any) -> Iterator[str]:
    """The pages that an entry of the nav holds, in order."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, list):
        for item in entry:
            yield from places(item)
    elif isinstance(entry, dict):
        for item in entry.values():
            yield from places(item)

"""What the press reads of `mkdocs.yml`: the order of pages, the code host."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import add_env_tag

from press.book import Book
from press.page import Page

SETTINGS = "mkdocs.yml"


class _Loader(yaml.SafeLoader):
    """Knows `!ENV`, as both site generators do."""


add_env_tag(_Loader)


@lru_cache(maxsize=4)
def _load(path: Path, _stamp: int) -> dict[str, Any]:
    with path.open(encoding="utf8") as file:
        return yaml.load(file, _Loader) or {}  # noqa: S506  (safe, with !ENV)


def settings(root: Path) -> dict[str, Any]:
    """The settings of the site; none if the tree has no site."""
    path = root / SETTINGS
    if not path.exists():
        return {}
    return _load(path, path.stat().st_mtime_ns)


def repo_url(root: Path) -> str:
    """Where the sources are read, without a slash at the end, or nothing."""
    return str(settings(root).get("repo_url") or "").rstrip("/")


def reading_order(book: Book) -> list[Page]:
    """The pages as a reader meets them; those outside the nav come last."""
    order = {
        place: number
        for number, place in enumerate(_places(settings(book.root).get("nav")))
    }
    return sorted(
        book.pages,
        key=lambda p: (order.get(p.path.as_posix(), len(order)), p.path),
    )


def _places(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, list):
        for item in entry:
            yield from _places(item)
    elif isinstance(entry, dict):
        for item in entry.values():
            yield from _places(item)

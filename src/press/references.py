"""The list of references, each entry at its own line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from press import source
from press.problems import PressError, Problem

FIX = "give authors, year, title and venue, doi or url"


@dataclass(frozen=True)
class Source:
    """An entry of the list of references."""

    key: str
    authors: list[str]
    year: int
    title: str
    venue: str = ""
    doi: str = ""
    url: str = ""

    @property
    def short(self) -> str:
        """How the text cites it."""
        names = [_family(a) for a in self.authors]
        if len(names) > 2:
            return f"{names[0]} et al. ({self.year})"
        return f"{' and '.join(names)} ({self.year})"


def load(path: Path, place: Path) -> dict[str, Source]:
    """The entries of the file at `path`, by key.

    Raises:
        PressError: with a problem for each entry that is none.
    """
    text = source.read(path, place)
    try:
        node = yaml.compose(text, yaml.SafeLoader)
        entries = yaml.safe_load(text) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PressError(
            Problem(place, line, f"{error.problem}", "mend the YAML")
        ) from None
    if not isinstance(entries, dict):
        raise PressError(Problem(place, 1, "not a mapping of keys", FIX))
    lines = list(_lines(node))
    problems = [
        Problem(place, line, what, FIX)
        for key, line in lines
        for what in _wrong(key, entries.get(key))
    ]
    problems += _twice(place, lines)
    if problems:
        raise PressError(problems)
    return {str(key): Source(str(key), **e) for key, e in entries.items()}


def lines(path: Path, place: Path) -> dict[str, int]:
    """Where each entry begins."""
    node = yaml.compose(source.read(path, place), yaml.SafeLoader)
    return dict(_lines(node))


def _lines(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, _ in node.value:
            yield key.value, key.start_mark.line + 1


def _twice(place: Path, lines: list[tuple[str, int]]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for key, line in lines:
        if key in seen:
            yield Problem(
                place,
                line,
                f'reference "{key}" stands at line {seen[key]} already',
                "keep one, or choose another key",
            )
        seen.setdefault(key, line)


def _wrong(key: str, entry: object) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f'reference "{key}" has no fields'
        return
    fields = {*Source.__dataclass_fields__} - {"key"}
    for name in entry.keys() - fields:
        yield f'reference "{key}" has an unknown field "{name}"'
    for name in ("authors", "year", "title"):
        if not entry.get(name):
            yield f'reference "{key}" has no {name}'
    authors = entry.get("authors", [])
    if not isinstance(authors, list) or not all(
        isinstance(a, str) and a.strip() for a in authors
    ):
        yield f'authors of "{key}" are no list of names'
    if not isinstance(entry.get("year", 0), int):
        yield f'year of "{key}" is {entry["year"]!r}, no number'
    for name in ("title", "venue", "doi", "url"):
        if not isinstance(entry.get(name, ""), str):
            yield f'{name} of "{key}" is {entry[name]!r}, no text'


def _family(author: str) -> str:
    return (
        author.split(",", maxsplit=1)[0]
        if "," in author
        else author.rsplit(maxsplit=1)[-1]
    )

"""An edit: one small change of one file, at its line."""

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SHORT = 72


@dataclass(frozen=True)
class Edit:
    """One change, as an author would say it and as it is carried out.

    Attributes:
        path: the file that it changes, relative to the book's root.
        line: its line there, from 1.
        kind: what is changed, as in `output digit`.
        old: what stood there.
        new: what stands there now.
        start: where the changed text begins, see `applied`.
        end: where it ends.
        put: what is put in its place.
        scored: whether it counts in the score, or beside it.
    """

    path: Path
    line: int
    kind: str
    old: str
    new: str
    start: int
    end: int
    put: str
    scored: bool = True

    @cached_property
    def key(self) -> str:
        """A short name that stays while the file does."""
        parts = (self.path.as_posix(), self.start, self.end, self.put)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def applied(self, text: str) -> str:
        """The text with this change.

        `text` is the page for every edit of a page, also for one of a
        solution that the page includes; otherwise the module.
        """
        return text[: self.start] + self.put + text[self.end :]

    def __str__(self) -> str:
        """The line an editor can jump to."""
        where = f"{self.path.as_posix()}:{self.line}"
        change = f"{_short(self.old)} \N{RIGHTWARDS ARROW} {_short(self.new)}"
        return f"{where}: {self.kind}: {change}"


class Lines:
    """A text by its lines, and where each of them begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.splitlines()
        self.starts: list[int] = []
        at = 0
        for line in text.splitlines(keepends=True):
            self.starts.append(at)
            at += len(line)
        self.starts.append(at)

    def offset(self, line: int, column: int) -> int:
        """Of a line from 1 and a column from 0, in characters."""
        return self.starts[line - 1] + column

    def of_bytes(self, line: int, column: int) -> int:
        """The same for a column in bytes, as syntax trees count."""
        data = self.lines[line - 1].encode()[:column]
        return self.starts[line - 1] + len(data.decode())

    def line_of(self, offset: int) -> int:
        """The line that holds an offset."""
        return self.text.count("\n", 0, offset) + 1


def another_digit(number: str, salt: str) -> str:
    """The number with one of its digits mistyped, never into a zero.

    Which digit, and what it becomes, follows from `salt` alone, so a run
    can be repeated.
    """
    places = [i for i, c in enumerate(number) if c.isdigit()]
    chance = zlib.crc32(f"{salt}:{number}".encode())
    at = places[chance % len(places)]
    others = [d for d in "123456789" if d != number[at]]
    digit = others[chance // 97 % len(others)]
    return number[:at] + digit + number[at + 1 :]


def misspelt(word: str) -> str:
    """The word as a hasty hand types it: two letters swapped, or one lost."""
    for i in range(len(word) // 2, len(word) - 1):
        if word[i] != word[i + 1]:
            return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    return word[:-1] if len(word) > 1 else word * 2


def distinct(edits: Iterator[Edit]) -> list[Edit]:
    """Each change once, in the order of the file."""
    found = {e.key: e for e in edits if e.old != e.new}
    return sorted(
        found.values(), key=lambda e: (e.path.as_posix(), e.line, e.start)
    )


def _short(text: str) -> str:
    text = " ".join(text.split()) or "nothing"
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"

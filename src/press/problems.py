"""What is said to an author: where, what is wrong, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake at one line.

    Attributes:
        path: the file, relative to the book's root where it lies there.
        line: its line, from 1.
        what: what is wrong, with the name or value received.
        fix: what to do about it.
    """

    path: Path
    line: int
    what: str
    fix: str

    def __str__(self) -> str:
        """The line an editor can jump to."""
        return f"{self.path.as_posix()}:{self.line}: {self.what}; {self.fix}"


class PressError(Exception):
    """One problem or more; printed without a traceback."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (
            [problems] if isinstance(problems, Problem) else sorted(problems)
        )
        super().__init__("\n".join(map(str, self.problems)))

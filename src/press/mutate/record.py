"""What was tried and what survived: `.press/mutate.json`.

An entry is about a chapter as it was; the fingerprint says which one. The
page *How this book is verified* prints those that are still about the
chapter as it is.
"""

import hashlib
import json
import math
from dataclasses import dataclass, field
from pathlib import Path

from press import atomic, report, trees
from press.mutate.edits import Edit
from press.page import Page
from press.settings import settings_of

RECORD = Path(".press") / "mutate.json"
FORMAT = "drift 1"
Name = tuple[str, str]
"""A page and a sort."""
SORTS = ("text", "library")
GOALS = {"text": 0.98, "library": 0.95}
DOUBT = 0.05
"""How unlikely a sample must be before it speaks against a chapter."""
NO_JUDGES = ("book", "browser", "foreign", "press")
"""Folders of tests that are not the library's."""


@dataclass
class Entry:
    """One sort of edits of one chapter.

    Attributes:
        fingerprint: of what the verdicts depend on.
        of: how many edits there are that count.
        refused: keys of the edits that were refused.
        survived: by key what each of the others is.
        beside: whether each of those that do not count was refused.
    """

    fingerprint: str
    of: int = 0
    refused: set[str] = field(default_factory=set)
    survived: dict[str, str] = field(default_factory=dict)
    beside: dict[str, bool] = field(default_factory=dict)

    @property
    def tried(self) -> int:
        """How many edits that count were tried."""
        return len(self.refused) + len(self.survived)

    @property
    def known(self) -> set[str]:
        """Keys of all that was tried."""
        return self.refused | self.survived.keys() | self.beside.keys()

    @property
    def score(self) -> float:
        """The share of those tried that were refused."""
        return len(self.refused) / self.tried if self.tried else 1.0

    def note(self, edit: Edit, refusal: str) -> None:
        """Enter a verdict."""
        if not edit.scored:
            self.beside[edit.key] = bool(refusal)
        elif refusal:
            self.refused.add(edit.key)
        else:
            self.survived[edit.key] = str(edit)

    def below(self, goal: float) -> bool:
        """Whether this speaks against the goal.

        A whole run has the score that it has. A sample of a chapter at
        its goal holds a survivor too many half of the time; it counts
        only if chance makes as many in one of twenty.
        """
        if self.tried >= self.of:
            return self.score < goal
        return _chance(len(self.survived), self.tried, 1 - goal) < DOUBT

    def shown(self) -> str:
        """The score for a reader."""
        if not self.tried:
            return "nothing to measure"
        percent = math.floor(1000 * self.score) / 10
        whole = "" if self.tried >= self.of else f"{self.tried} of "
        return f"{percent:.1f} % of {whole}{self.of}"


def _chance(survivors: int, tried: int, rate: float) -> float:
    """How likely so many survivors or more are at this rate."""
    fewer = sum(
        math.comb(tried, k) * rate**k * (1 - rate) ** (tried - k)
        for k in range(survivors)
    )
    return 1 - fewer


def fingerprint(root: Path, page: Page, sort: str) -> str:
    """A hash of everything that a verdict depends on.

    That of the text is the press's: its rules refuse; that of the library
    is the tests'.
    """
    judges = (
        trees.digest(Path(__file__).parents[1])
        if sort == "text"
        else trees.digest(root / settings_of(root).tests, without=NO_JUDGES)
    )
    said = f"{report.fingerprint(root, page)}\n{judges}"
    return hashlib.sha256(said.encode()).hexdigest()


class Record:
    """The file; what is not written in this format is not there.

    Args:
        root: the book's root.
    """

    def __init__(self, root: Path) -> None:
        self.path = root / RECORD
        self.root = root
        self.entries = _loaded(self.path)
        self.touched: set[Name] = set()

    def current(self, page: Page, sort: str) -> Entry | None:
        """The entry of a page, if it is about the page as it is."""
        entry = self.entries.get((page.name, sort))
        if entry is None:
            return None
        same = entry.fingerprint == fingerprint(self.root, page, sort)
        return entry if same else None

    def opened(self, page: Page, sort: str, *, resume: bool) -> Entry:
        """The current entry to go on with, or a new one in its place."""
        name = page.name, sort
        entry = self.current(page, sort) if resume else None
        if entry is None:
            entry = Entry(fingerprint(self.root, page, sort))
        self.entries[name] = entry
        self.touched.add(name)
        return entry

    def write(self) -> None:
        """Save what was opened, beside what other runs have written."""
        mine = {name: self.entries[name] for name in self.touched}
        told: dict[str, dict[str, object]] = {}
        for (page, sort), entry in {**_loaded(self.path), **mine}.items():
            told.setdefault(page, {})[sort] = {
                **vars(entry),
                "refused": sorted(entry.refused),
            }
        text = json.dumps({FORMAT: told}, indent=1, sort_keys=True)
        atomic.write(self.path, text)


def _loaded(path: Path) -> dict[Name, Entry]:
    try:
        told = json.loads(path.read_text("utf8"))[FORMAT]
        return {
            (page, sort): Entry(**{**entry, "refused": set(entry["refused"])})
            for page, sorts in told.items()
            for sort, entry in sorts.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}

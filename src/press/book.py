"""The book as a whole: its pages, labels, references and terms."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from press import projects, references, source
from press.page import Page, read
from press.problems import PressError, Problem
from press.references import Source
from press.settings import Settings, settings_of

GENERATED = "generated"
TERM = re.compile(r"^\*\[(?P<term>[^\]]+)\]:\s+(?P<meaning>\S.*)$")


@dataclass(frozen=True)
class Label:
    """Where a label stands: page, number on it, line."""

    name: str
    page: Path
    number: int
    line: int


@dataclass
class Book:
    """A tree with pages, snippets and a library: see `press.settings`.

    Pages under ``generated`` are written by the build; they can be linked
    to, and are not read as an author's.
    """

    root: Path
    _pages: dict[Path, Page] = field(default_factory=dict, repr=False)

    @property
    def docs(self) -> Path:
        """Where the pages are."""
        return self.root / self.settings.docs

    @property
    def settings(self) -> Settings:
        """What the project says of itself."""
        return settings_of(self.root)

    @cached_property
    def pages(self) -> list[Page]:
        """Every page that an author wrote, in order of path.

        Raises:
            PressError: if one of them cannot be read.
        """
        made = projects.sources(self.docs)
        written = {p.relative_to(self.docs) for p in self.docs.rglob("*.md")}
        written -= {path.with_suffix(".md") for path in made}
        paths = sorted([*written, *made], key=lambda p: p.with_suffix(".md"))
        found: list[Page] = []
        problems: list[Problem] = []
        for path in paths:
            if path.parts[0] != GENERATED:
                try:
                    found.append(read(self.docs, path))
                except PressError as error:
                    problems += error.problems
        if problems:
            raise PressError(problems)
        return found

    @cached_property
    def chapters(self) -> list[Page]:
        """The pages that a module of the library belongs to.

        The `index.md` of a part opens it, and is no chapter.
        """
        parts = {
            p.name
            for p in (self.root / self.settings.library).glob("*/")
            if self.settings.package and (p / "__init__.py").exists()
        }
        return [
            p
            for p in self.pages
            if p.path.parts[0] in parts and p.path.name != "index.md"
        ]

    @cached_property
    def projects(self) -> list[Page]:
        """The pages that are projects."""
        return [p for p in self.pages if p.is_project]

    @cached_property
    def labels(self) -> dict[str, list[Label]]:
        """Every label, with all places that define it."""
        labels: dict[str, list[Label]] = {}
        for page in self.pages:
            for name, number, line in page.labels:
                labels.setdefault(name, []).append(
                    Label(name, page.path, number, line)
                )
        return labels

    @cached_property
    def titles(self) -> dict[Path, str]:
        """The title of each page, from its front matter."""
        return {p.path: str(p.front.get("title", p.name)) for p in self.pages}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The reference list, by key."""
        path = self.root / self.settings.reference_list
        if not path.exists():
            return {}
        return references.load(path, path.relative_to(self.root))

    @cached_property
    def later(self) -> frozenset[str]:
        """Pages whose formulas and numbers are not yet held to the goals."""
        return frozenset(self.settings.later)

    @cached_property
    def terms(self) -> dict[str, str]:
        """The glossary: term and meaning."""
        return {t: m for t, m, _ in self.term_lines}

    @cached_property
    def term_lines(self) -> list[tuple[str, str, int]]:
        """Term, meaning and line of each entry of the glossary."""
        path = self.root / self.settings.glossary
        if not path.exists():
            return []
        lines = source.read(path, path.relative_to(self.root)).splitlines()
        return [
            (m["term"], m["meaning"], number)
            for number, line in enumerate(lines, 1)
            if (m := TERM.match(line))
        ]

    def page(self, path: Path | str) -> Page | None:
        """The page at a path relative to `docs`, with or without ending."""
        wanted = Path(path)
        if wanted.suffix != ".md":
            wanted = wanted.with_name(wanted.name + ".md")
        return next((p for p in self.pages if p.path == wanted), None)

    def place(self, page: Page) -> Path:
        """The path of a page as messages give it."""
        return page.place

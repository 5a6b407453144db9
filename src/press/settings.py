"""What a project says of itself: the table `[tool.press]`.

It is read from `pyproject.toml` beside `mkdocs.yml`, and nowhere else. All
of it has defaults, so a project without the table has the layout ``docs``,
``snippets``, ``src``, and the library that stands alone in ``src``.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from press.problems import PressError, Problem

FILE = Path("pyproject.toml")
SITE = Path("mkdocs.yml")
TABLE = re.compile(r"^\s*\[+\s*tool\s*\.\s*press\s*(?P<rest>[.\]].*)$")
Counts = Mapping[str, int]
Names = Mapping[str, str]
Facts = Mapping[str, Any]


@dataclass(frozen=True, eq=False)  # the same until its file changes
class Settings:
    """The table; a path is relative to the folder of `mkdocs.yml`.

    Attributes:
        package: the package that the pages are about. Without a name it is
            the one of ``[project] name``, else the only one in `source`.
        docs: the folder of the pages, as ``docs_dir`` of `mkdocs.yml`.
        snippets: the folder of figures, exercises and other cells.
        source: the folder that holds the package.
        tests: the folder of its tests.
        references: the list of what pages cite; ``references.yml`` of the
            snippets if it is not said.
        terms: the terms of the tooltips; ``glossary.md`` of the snippets.
        branch: the branch whose sources the pages lead to.
        pyodide: where Pyodide is loaded from, if `mkdocs.yml` does not say.
        about: the sentence of ``llms.txt`` below the name of the site.
        ordinary: whether plain ``python`` fences with ``text`` fences below
            them are run and compared, as in pages of another tool.
        sections: the headings that a chapter has.
        levels: the headings of the groups of its exercises.
        least: how many it has at least: ``exercises``, ``graded exercises``,
            ``claims``, ``figures``.
        project_sections: the headings that a project has.
        project_least: how many it has at least: ``graded steps``,
            ``figures``, ``ways to go further``.
        later: pages that are not yet held to formulas and numbers.
        volume_without: pages that the PDF and the EPUB leave out.
        too_long: chapters that are longer than one sitting.
        sitting: what one sitting is at most, see `press.sitting`.
        moved: old addresses, and where they lead.
        outside: texts beside the pages in which no number is typed.
        pages: pages that the project's own code writes: below ``generated``
            the name of each, and ``package.module:function``.
        benches: what ``press bench`` measures of the library, by name.
    """

    package: str = ""
    docs: str = "docs"
    snippets: str = "snippets"
    source: str = "src"
    tests: str = "tests"
    references: str = ""
    terms: str = ""
    branch: str = "main"
    pyodide: str = ""
    about: str = ""
    ordinary: bool = False
    sections: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    least: Counts = field(default_factory=dict)
    project_sections: tuple[str, ...] = ()
    project_least: Counts = field(default_factory=dict)
    later: tuple[str, ...] = ()
    volume_without: tuple[str, ...] = ()
    too_long: tuple[str, ...] = ()
    sitting: Counts = field(default_factory=dict)
    moved: Names = field(default_factory=dict)
    outside: tuple[str, ...] = ("README.md",)
    pages: Names = field(default_factory=dict)
    benches: Names = field(default_factory=dict)

    @property
    def library(self) -> Path:
        """The folder of the package, relative to the project."""
        return Path(self.source) / self.package.replace(".", "/")

    def module(self, path: Path) -> str:
        """The dotted name of a file of the library; of another ''."""
        if not path.is_relative_to(self.code):
            return ""
        parts = path.relative_to(self.source).with_suffix("").parts
        return ".".join(p for p in parts if p != "__init__")

    @property
    def code(self) -> str:
        """The folder whose code a build depends on."""
        alone = Path(self.source) == Path()
        return self.library.as_posix() if alone else self.source

    @property
    def reference_list(self) -> Path:
        """The file of `references`."""
        return Path(self.references or f"{self.snippets}/references.yml")

    @property
    def glossary(self) -> Path:
        """The file of `terms`."""
        return Path(self.terms or f"{self.snippets}/glossary.md")


def settings_of(root: Path) -> Settings:
    """The settings of the project at `root`.

    Raises:
        PressError: for each unknown key and each value of a wrong kind.
    """
    stamp = _stamp(root / FILE)
    found, _ = _read(root, stamp)
    if found.package:
        return found
    return _named(root, stamp, _stamp(root / found.source))


def project_of(root: Path) -> Facts:
    """The table `[project]`: what the package says of itself."""
    return _read(root, _stamp(root / FILE))[1]


def docs_of(root: Path) -> Path:
    """The folder of the pages."""
    return root / settings_of(root).docs


def snippets_of(root: Path) -> Path:
    """The folder of the snippets."""
    return root / settings_of(root).snippets


def source_of(root: Path) -> Path:
    """The folder that is imported from."""
    return root / settings_of(root).source


def library_of(root: Path) -> Path:
    """The folder of the package."""
    return root / settings_of(root).library


def around(folder: Path) -> Path:
    """The project that a folder is in: the nearest with a `mkdocs.yml`.

    Without one it is what holds the folder of the pages, or the folder.
    """
    for place in (folder, *folder.parents):
        if (place / SITE).exists():
            return place
    return folder.parent if folder.name == Settings.docs else folder


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=64)
def _named(root: Path, stamp: tuple[int, int], _source: object) -> Settings:
    """The settings with the package that they do not name."""
    found, project = _read(root, stamp)
    name = str(project.get("name", ""))
    return replace(found, package=_package(root / found.source, name))


@lru_cache(maxsize=64)
def _read(root: Path, _file: tuple[int, int]) -> tuple[Settings, Facts]:
    """The settings as they are written, and the table `[project]`."""
    path = root / FILE
    text = path.read_text("utf8") if path.exists() else ""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PressError(_unread(error)) from None
    table = tables.get("tool", {}).get("press", {})
    problems = list(_problems(table, text))
    if problems:
        raise PressError(problems)
    values: dict[str, Any] = {
        name: _held(value) for name, value in table.items()
    }
    return Settings(**values), tables.get("project", {})


def _unread(error: tomllib.TOMLDecodeError) -> Problem:
    line = re.search(r"at line (\d+)", str(error))
    number = int(line[1]) if line else 1
    return Problem(FILE, number, f"no TOML: {error}", "mend it")


def _held(value: object) -> object:
    """A list as what cannot be changed."""
    return tuple(value) if isinstance(value, list) else value


def _package(source: Path, name: str) -> str:
    """The package of a project: of its name, or the only one."""
    plain = re.sub(r"[-.]+", "_", name)
    if plain and (source / plain).is_dir():
        return plain
    found = [
        path.name
        for path in sorted(source.glob("*"))
        if path.name.isidentifier() and any(path.glob("*.py"))
    ]
    return found[0] if len(found) == 1 else ""


def _problems(table: object, text: str) -> Iterator[Problem]:
    if not isinstance(table, dict):
        fix = "write a table [tool.press]"
        yield Problem(FILE, _line(text, "press"), "tool.press is none", fix)
        return
    known = {f.name: f.type for f in fields(Settings)}
    for name, value in table.items():
        line = _line(text, name)
        if name not in known:
            what = f'[tool.press] has an unknown key "{name}"'
            yield Problem(FILE, line, what, f"known are {', '.join(known)}")
            continue
        says, fits = KINDS[known[name]]
        kind = ENTRIES.get(known[name])
        if kind and isinstance(value, dict):
            for key, entry in value.items():
                if not KINDS[kind][1](entry):
                    said = f'[tool.press] "{key}" of {name} is {entry!r}'
                    fix = f"write {KINDS[kind][0]}"
                    yield Problem(FILE, _line(text, name, key), said, fix)
        elif not fits(value):
            said = f"[tool.press] {name} is {value!r}"
            yield Problem(FILE, line, said, f"write {says}")


def _all(values: Any, kind: type) -> bool:
    return all(isinstance(v, kind) and v is not True for v in values)


KINDS: dict[Any, tuple[str, Callable[[Any], bool]]] = {
    str: ("a text", lambda v: isinstance(v, str)),
    int: ("a whole number", lambda v: isinstance(v, int) and v is not True),
    bool: ("true or false", lambda v: isinstance(v, bool)),
    tuple[str, ...]: (
        "a list of texts",
        lambda v: isinstance(v, list) and _all(v, str),
    ),
    Counts: ("a table of whole numbers", lambda v: isinstance(v, dict)),
    Names: ("a table of texts", lambda v: isinstance(v, dict)),
}
ENTRIES: dict[Any, type] = {Counts: int, Names: str}


def line_of(root: Path, *names: str) -> int:
    """The line on which a key of the table stands, the last that is found."""
    path = root / FILE
    text = path.read_text("utf8") if path.exists() else ""
    return max(_line(text, name) for name in names)


def _line(text: str, name: str, entry: str = "") -> int:
    """The line on which a key of the table stands, or an entry of it."""
    first = 0
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("["):
            found = TABLE.match(line)
            inside = found is not None and found["rest"].startswith("]")
            if found and re.match(
                rf"\.\s*[\"']?{re.escape(name)}\b", found["rest"]
            ):
                first, inside = number, True
        elif inside and _key(name).match(line):
            first = number
        if first and (not entry or (inside and _key(entry).search(line))):
            return number
    return first or 1


def _key(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[.{{,])\s*[\"']?{re.escape(name)}[\"']?\s*[=.]")

"""What can be said of a page without running it.

Every rule is a function of the book and a page (or of the book) that
yields problems; `check` runs them all. A rule that needs a run is in
`press.execute`.
"""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from press import (
    equations,
    formula_checks,
    moved,
    numerals,
    pictures,
    projects,
    references,
    sitting,
    symbols,
    tally,
)
from press.book import GENERATED, Book
from press.include import IncludeError, resolve
from press.include import symbols as defined
from press.marks import anchor, anchors, plain
from press.math import MathError, to_mathml
from press.page import CITATION, LABEL, PICTURES, Block, Fence, Page
from press.problems import PressError, Problem
from press.programs import code_of, role
from press.rules import checks, claims, fences, places
from press.settings import library_of, snippets_of
from press.shown import HIDDEN

Problems = Iterator[Problem]

DESCRIPTION = range(50, 161)
ALT = range(20, 600)
BLOCK_KINDS = {
    "admonition", "check", "definition", "details", "exercise", "explorable",
    "figure", "hint", "html", "note", "proof", "solution", "tab", "theorem",
    "tip", "warning",
}  # fmt: skip
LABELS = {"def", "claim"}
MINUTES = range(60, 121)
ITEM = re.compile(r"^\d+\. ")


def check(book: Book, only: str = "") -> list[Problem]:
    """Every problem of the book, or of the page called `only`."""
    found: list[Problem] = []
    try:
        pages = [p for p in book.pages if not only or p.name == only]
    except PressError as error:
        return error.problems
    for page in pages:
        for rule in () if page.is_ordinary else PAGE_RULES:
            try:
                found += rule(book, page)
            except PressError as error:
                found += error.problems
    if not only:
        for whole in BOOK_RULES:
            try:
                found += whole(book)
            except PressError as error:
                found += error.problems
    return sorted(set(found))


def _front_matter(book: Book, page: Page) -> Problems:
    place = book.place(page)
    line, what = page.front_error
    if line:
        yield Problem(place, line, what, "mend the YAML between the ---")
        return
    if not page.front:
        yield Problem(
            place, 1, "no front matter", "begin with title and description"
        )
        return
    title = str(page.front.get("title", ""))
    if not title or "$" in title:
        yield Problem(
            place, 2, f'title "{title}"',
            "give a title in plain text, without mathematics",
        )  # fmt: skip
    description = str(page.front.get("description", ""))
    if len(description) not in DESCRIPTION:
        yield Problem(
            place, 2, f"a description of {len(description)} characters",
            "say in one sentence of 50 to 160 what the page answers",
        )  # fmt: skip
    if page.front.get("status") == "unwritten":
        yield Problem(
            place, 2, "unwritten", "write it, then delete the status"
        )


def _headings(book: Book, page: Page) -> Problems:
    place = book.place(page)
    titles = [h for h in page.headings if h.level == 1]
    hidden = "hide" in page.front or "template" in page.front
    if len(titles) != 1 and not hidden:
        line = titles[1].line if titles[1:] else 1
        yield Problem(
            place, line, f"{len(titles)} headings of level 1", "write one"
        )
    anchors = Counter(anchor(h.text, h.attributes) for h in page.headings)
    for heading in page.headings:
        if "$" in heading.text and "data-toc-label" not in heading.attributes:
            yield Problem(
                place, heading.line, "mathematics in a heading",
                'add { data-toc-label="plain words" } for the contents',
            )  # fmt: skip
        name = anchor(heading.text, heading.attributes)
        if anchors[name] > 1:
            yield Problem(
                place, heading.line, f'two headings with anchor "{name}"',
                "give one of them { #another }",
            )  # fmt: skip


def _stray(book: Book, page: Page) -> Problems:
    for spot in page.stray:
        if spot.text.startswith("the indented form"):
            fix = "write /// note | Title, closed by ///"
        elif spot.text.startswith("an option that"):
            fix = "begin it with four spaces and its name; wrap it further in"
        elif spot.text.startswith("option "):
            fix = "keep one"
        else:
            fix = "open and close it with as many signs"
        yield Problem(book.place(page), spot.line, spot.text, fix)


def _blocks(book: Book, page: Page) -> Problems:
    place = book.place(page)
    for block in page.blocks:
        if block.kind not in BLOCK_KINDS:
            yield Problem(
                place, block.line, f"unknown block /// {block.kind}",
                f"use one of {', '.join(sorted(BLOCK_KINDS))}",
            )  # fmt: skip


def _mathematics(book: Book, page: Page) -> Problems:
    place = book.place(page)
    formulas = [(s.line, s.text, False) for s in page.formulas]
    formulas += [
        (d.line + (d.end > d.line), d.latex, True) for d in page.displays
    ]
    for line, latex, shown in formulas:
        try:
            to_mathml(LABEL.sub("", latex), display=shown)
        except MathError as error:
            down = latex[: max(error.offset, 0)].count("\n")
            yield Problem(place, line + down, error.what, error.fix)
    lines = page.text.splitlines()
    for spot in page.formulas:
        row = lines[spot.line - 1].lstrip().startswith("|")
        if row and "|" in spot.text:
            yield Problem(
                place, spot.line, "| in a formula ends the cell of its table",
                r"write \abs{…}, \norm{…} or \mid",
            )  # fmt: skip
    for display in page.displays:
        if len(LABEL.findall(display.latex)) > 1:
            yield Problem(
                place, display.line, "two labels in one display",
                "split the display",
            )  # fmt: skip
        kind = display.label.partition(":")[0]
        if display.label and kind not in LABELS:
            yield Problem(
                place, display.line, f'label "{display.label}"',
                r"write \label{def:…} or \label{claim:…}",
            )  # fmt: skip


def _labels(book: Book, page: Page) -> Problems:
    place = book.place(page)
    for name, _, line in page.labels:
        places = book.labels.get(name, [])
        if len(places) > 1 and (places[0].page, places[0].line) != (
            page.path,
            line,
        ):
            first = (book.docs / places[0].page).relative_to(book.root)
            first = f"{first.as_posix()}:{places[0].line}"
            yield Problem(
                place, line, f'label "{name}" stands at {first} already',
                "choose another name",
            )  # fmt: skip
    for reference in page.references:
        if reference.text not in book.labels:
            yield Problem(
                place, reference.line,
                f'reference to "{reference.text}", which labels nothing',
                "label it or mend the name",
            )  # fmt: skip


def _checks(book: Book, page: Page) -> Problems:
    place = book.place(page)
    claims = {
        d.label: d.line for d in page.displays if d.label.startswith("claim:")
    }
    checked: set[str] = set()
    for index, block in enumerate(page.blocks):
        if block.kind != "check":
            continue
        fences = [f for f in page.fences if f.block == index and f.is_python]
        if not fences:
            yield Problem(
                place, block.line, "a check without code",
                "write a Python fence that would fail if it were wrong",
            )  # fmt: skip
        elif not any(
            formula_checks.reads(f) or _asserts(book, place, f) for f in fences
        ):
            yield Problem(
                place, block.line, "a check that cannot fail",
                "assert what the formula says",
            )  # fmt: skip
        named = formula_checks.named(page, block)
        for name in named:
            known = name in claims or (
                name.startswith("def:")
                and any(formula_checks.reads(f) for f in fences)
                and any(d.label == name for d in page.displays)
            )
            if not known:
                yield Problem(
                    place, block.line, f'check of "{name}", no claim here',
                    "name claims of this page",
                )  # fmt: skip
        checked.update(named)
        yield from _reading(book, page, block, fences)
    for name, line in claims.items():
        if name not in checked:
            yield Problem(
                place, line, f'claim "{name}" has no check',
                "write a /// check under it",
            )  # fmt: skip


def _reading(
    book: Book, page: Page, block: Block, fences: list[Fence]
) -> Problems:
    """A check reads its formula, or says why it does not."""
    reads = any(formula_checks.reads(f) for f in fences)
    reason = block.options.get("unread", "")
    if reads and reason:
        yield Problem(
            book.place(page), block.line,
            "a check that reads the formula and says why it is not read",
            "delete unread:",
        )  # fmt: skip
    elif page.name not in book.later and not (reads or reason):
        yield Problem(
            book.place(page), block.line,
            "a check that does not read its formula",
            "give values in a .formula fence, or say why not with unread:",
        )  # fmt: skip


def _asserts(book: Book, place: Path, fence: Fence) -> bool:
    if "formula" in fence.classes:
        return True  # its formula is what is asserted
    try:
        return checks.can_fail(
            ast.parse(code_of(book.root, place, fence).text)
        )
    except SyntaxError:
        return True


def _figures(book: Book, page: Page) -> Problems:
    place = book.place(page)
    folder = Path(book.settings.snippets) / page.name
    lines = page.text.splitlines()
    for block in page.blocks:
        if block.kind not in PICTURES:
            continue
        called = f'{block.kind} "{block.title}"'
        script = folder / PICTURES[block.kind] / f"{block.title}.py"
        drawn = block.title in pictures.of(page)
        if drawn == (book.root / script).exists():
            yield Problem(
                place, block.line,
                f"{called} has a cell and a script {script.as_posix()}"
                if drawn
                else f"{called} has no script {script.as_posix()}",
                "write the script or mend the name"
                if not drawn
                else "keep one of them",
            )  # fmt: skip
        if len(plain(block.options.get("alt", ""))) not in ALT:
            yield Problem(
                place, block.line, f"{called} has no alt text",
                "say in alt: what is seen and what it means",
            )  # fmt: skip
        inside = lines[block.line - 1 + block.body : block.end - 1]
        if not any(x.strip() for x in inside):
            yield Problem(
                place, block.line, f"{called} has no caption",
                "state the one claim that it makes",
            )  # fmt: skip


def _exercises(book: Book, page: Page) -> Problems:
    place = book.place(page)
    for index, block in enumerate(page.blocks):
        if block.kind != "exercise":
            continue
        if not block.options.get("name"):
            yield Problem(
                place, block.line, "an exercise without a name",
                "add name: a-slug under its first line",
            )  # fmt: skip
        inside = [b.kind for b in page.blocks if b.parent == index]
        for kind in ("hint", "solution"):
            if kind not in inside:
                yield Problem(
                    place, block.line, f"an exercise without {kind}",
                    f"add a /// {kind} in it",
                )  # fmt: skip
        parts = {
            role(page, f)
            for f in page.fences
            if page.around(f, "exercise") == index
        } & {"starter", "grader", "solution"}
        missing = {"starter", "grader", "solution"} - parts
        if parts and missing:
            yield Problem(
                place, block.line,
                f"an exercise with code and no {', '.join(sorted(missing))}",
                "give it .starter, .check and .solution",
            )  # fmt: skip


def _citations(book: Book, page: Page) -> Problems:
    for spot in page.citing:
        if not CITATION.fullmatch(spot.text):
            yield Problem(
                book.place(page), spot.line,
                f'"{spot.text}" is not read as a citation',
                "write [@key] or [@key, where], each source in brackets",
            )  # fmt: skip
    for spot in page.citations:
        if spot.text not in book.sources:
            yield Problem(
                book.place(page), spot.line,
                f'citation of "{spot.text}", which is no reference',
                f"add it to {book.settings.reference_list.as_posix()}",
            )  # fmt: skip


def _links(book: Book, page: Page) -> Problems:
    place = book.place(page)
    for spot in page.wordless_links:
        yield Problem(
            place, spot.line, f"a link shows only {spot.text}",
            "let it show a word, which a screen reader can say",
        )  # fmt: skip
    for spot in page.links:
        target, _, wanted = spot.text.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = _normal(page.path.parent / target) if target else page.path
        if path.parts[:1] == (GENERATED,):
            continue
        found = book.page(path) if path.suffix == ".md" else None
        exists = found is not None or (book.docs / path).exists()
        if not exists or (path.suffix == ".md" and found is None):
            yield Problem(
                place, spot.line, f'broken link to "{spot.text}"',
                "name a file relative to this page",
            )  # fmt: skip
        elif found and wanted and wanted not in anchors(found):
            yield Problem(
                place, spot.line, f'no anchor "#{wanted}" in {path}',
                "link to a heading or a label that is there",
            )  # fmt: skip


def _chapter(book: Book, page: Page) -> Problems:
    if page not in book.chapters or "status" in page.front:
        return
    place = book.place(page)
    second = [h.text for h in page.headings if h.level == 2]
    third = [h.text for h in page.headings if h.level == 3]
    for name in book.settings.sections:
        if name not in second:
            yield Problem(
                place, 1, f'no section "{name}"', "a chapter has one"
            )
    for name in book.settings.levels:
        if name not in third:
            yield Problem(
                place, 1, f'no exercises called "{name}"', "add the group"
            )
    exercises = [b for b in page.blocks if b.kind == "exercise"]
    counted = {
        "exercises": len(exercises),
        "graded exercises": sum(
            role(page, f) == "grader" for f in page.fences if f.is_python
        ),
        "claims": sum(d.label.startswith("claim:") for d in page.displays),
        "figures": sum(b.kind in PICTURES for b in page.blocks),
    }
    for what, least in book.settings.least.items():
        if counted[what] < least:
            yield Problem(
                place, 1, f"{counted[what]} {what}",
                f"a chapter has {least} or more",
            )  # fmt: skip


def _project(book: Book, page: Page) -> Problems:
    """What every project has; its numbers are in its head."""
    if not page.is_project:
        return
    place = book.place(page)
    second = [h.text for h in page.headings if h.level == 2]
    for name in book.settings.project_sections:
        if name not in second:
            yield Problem(
                place, 1, f'no section "{name}"', "a project has one"
            )
    built = tally.builds(page)
    if not built[0] or not {*built} <= {*tally.STEPS}:
        yield Problem(
            place, 2, f'builds: "{", ".join(built)}"',
            f"say which of {', '.join(tally.STEPS)} it builds",
        )  # fmt: skip
    if page.front.get("minutes") not in MINUTES:
        yield Problem(
            place, 2, f"minutes: {page.front.get('minutes')}",
            f"say how many a reader needs, {MINUTES[0]} to {MINUTES[-1]}",
        )  # fmt: skip
    last = next((h for h in page.headings if h.text == "Go further"), None)
    below = page.masked[last.line :] if last else ()
    counted = {
        "graded steps": sum(
            role(page, f) == "grader" for f in page.fences if f.is_python
        ),
        "figures": sum(b.kind in PICTURES for b in page.blocks),
        "ways to go further": sum(bool(ITEM.match(x)) for x in below),
    }
    for what, least in book.settings.project_least.items():
        if counted[what] < least:
            yield Problem(
                place, 1, f"{counted[what]} {what}",
                f"a project has {least} or more",
            )  # fmt: skip


def _orphans(book: Book) -> Problems:
    used = {
        f.include.partition(":")[0]
        for page in book.pages
        for f in page.fences
        if f.include
    }
    for page in book.pages:
        for block in page.blocks:
            if folder := PICTURES.get(block.kind):
                name = f"{page.name}/{folder}/{block.title}.py"
                used.add(f"{book.settings.snippets}/{name}")
    for path in sorted(snippets_of(book.root).rglob("*.py")):
        place = path.relative_to(book.root)
        if place.as_posix() not in used:
            yield Problem(
                place, 1, "a snippet that no page shows",
                "include it in a page or delete it",
            )  # fmt: skip


def _notebooks(book: Book) -> Problems:
    """A notebook is made from a source: what is written into it is lost."""
    for path in sorted(book.docs.rglob("*.ipynb")):
        inside = path.relative_to(book.docs)
        if inside.parts[0] != GENERATED:
            folder = Path(book.settings.docs)
            source = folder / projects.FOLDER / f"{path.stem}.py"
            yield Problem(
                folder / inside, 1, "a notebook that was made by hand",
                f"write {source.as_posix()}; jupytext can begin it",
            )  # fmt: skip


def _references(book: Book) -> Problems:
    used = {c.text for page in book.pages for c in page.citations}
    place = book.settings.reference_list
    lines = references.lines(book.root / place, place) if book.sources else {}
    for key in book.sources:
        if key not in used:
            yield Problem(
                place, lines.get(key, 1),
                f'reference "{key}" is cited nowhere', "cite or delete it",
            )  # fmt: skip


def _terms(book: Book) -> Problems:
    place = book.settings.glossary
    seen: dict[str, int] = {}
    for term, meaning, line in book.term_lines:
        if "$" in meaning or "`" in meaning:
            yield Problem(
                place, line, f'mathematics or code in "{term}"',
                "a tooltip is plain text: say it in words",
            )  # fmt: skip
        if term in seen:
            yield Problem(
                place, line, f'"{term}" stands at line {seen[term]} already',
                "keep one",
            )  # fmt: skip
        seen[term] = line


def _navigation(book: Book) -> Problems:
    path = book.root / "mkdocs.yml"
    if not path.exists() or book.settings.ordinary:
        return
    text = path.read_text("utf8")
    listed = set(re.findall(r"[\w./-]+\.md", text))
    for page in book.pages:
        if page.path.as_posix() not in listed:
            yield Problem(
                book.place(page), 1, "a page that the navigation lacks",
                "add it to nav in mkdocs.yml",
            )  # fmt: skip
    for name in sorted(listed):
        generated = name.startswith(f"{GENERATED}/")
        if not generated and book.page(name) is None:
            yield Problem(
                Path("mkdocs.yml"), _line_of(path, name),
                f'"{name}" is not a page', "mend the path in nav",
            )  # fmt: skip


def _public_names(book: Book) -> Problems:
    shown = "\n".join(_code_of_page(book, p) for p in book.pages)
    if not book.settings.package or book.settings.ordinary:
        return
    library = library_of(book.root)
    files = [*library.glob("[!_]*.py"), *library.glob("*/__init__.py")]
    for init in sorted(files):
        for name, line in _exported(init):
            if not re.search(rf"\b{re.escape(name)}\b", shown):
                yield Problem(
                    init.relative_to(book.root), line,
                    f"{name} is public and no chapter shows it",
                    "print its listing or use it in an example",
                )  # fmt: skip


def _code_of_page(book: Book, page: Page) -> str:
    texts = []
    for fence in page.fences:
        if fence.is_python:
            try:
                code = code_of(book.root, book.place(page), fence)
            except PressError:
                continue
            texts.append(code.text)
    return "\n".join(texts)


def _exported(init: Path) -> Iterator[tuple[str, int]]:
    for node in ast.parse(init.read_text("utf8")).body:
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets
        ):
            for item in ast.walk(node.value):
                if isinstance(item, ast.Constant):
                    yield str(item.value), item.lineno


def _normal(path: Path) -> Path:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return Path(*parts)


def _line_of(path: Path, start: str) -> int:
    for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
        if start in line:
            return number
    return 1


def _listings_resolve(book: Book, page: Page) -> Problems:
    for fence in page.fences:
        if fence.include and not fence.is_python:
            try:
                resolve(book.root, fence.include)
            except IncludeError as error:
                yield Problem(
                    book.place(page), fence.line + 1, error.what, error.fix
                )


def _listed_once(book: Book, page: Page) -> Problems:
    """Who names the wrong symbol, names one that stands there already."""
    seen: dict[str, int] = {}
    for fence in page.fences:
        if fence.include and role(page, fence) == "listing":
            first = seen.setdefault(fence.include, fence.line)
            if first != fence.line:
                yield Problem(
                    book.place(page), fence.line + 1,
                    f'"{fence.include}" is listed at line {first} already',
                    "name another symbol, or refer to the first listing",
                )  # fmt: skip


def _named_in_section(book: Book, page: Page) -> Problems:
    """Who names the wrong symbol, names one that its section does not say.

    A program says it too, unless the section says or imports other symbols
    of the same module that the page does not list: then the text has to say
    which of them is shown.
    """
    for fence in page.fences:
        if not fence.is_python or role(page, fence) != "listing":
            continue
        symbol = fence.include.partition(":")[2]
        name = symbol.rpartition(".")[2]
        if not name or _says(_prose_beside(page, fence), name):
            continue
        said = f'"{fence.include}" is listed, and its section '
        fix = f"say `{name}` in its section, or name the symbol that it says"
        if not _says(_code_beside(book, page, fence), name):
            yield Problem(
                book.place(page), fence.line + 1,
                f"{said}does not say {name}", fix,
            )  # fmt: skip
        elif rivals := _rivals(book, page, fence):
            yield Problem(
                book.place(page), fence.line + 1,
                f"{said}says {rivals[0]} too: which is it?", fix,
            )  # fmt: skip


def _says(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _section(page: Page, fence: Fence) -> range:
    """The lines from the heading above a fence to the next heading."""
    lines = [1, *(h.line for h in page.headings), len(page.masked) + 1]
    first = max(n for n in lines if n <= fence.line)
    return range(first, min(n for n in lines if n > fence.line))


def _prose_beside(page: Page, fence: Fence) -> str:
    """What a reader reads around a fence, code spans as well."""
    lines = page.text.splitlines()
    shown = [
        plain(lines[number - 1])
        for number in _section(page, fence)
        if page.masked[number - 1].strip()
    ]
    for pattern in HIDDEN:
        shown = [pattern.sub(" ", line) for line in shown]
    return "\n".join(shown)


def _code_beside(book: Book, page: Page, fence: Fence) -> str:
    return "\n".join(
        code_of(book.root, book.place(page), other).text
        for other in _programs_beside(page, fence)
    )


def _programs_beside(page: Page, fence: Fence) -> list[Fence]:
    section = _section(page, fence)
    return [
        other
        for other in page.fences
        if other.is_python and other != fence and other.line in section
    ]


def _rivals(book: Book, page: Page, fence: Fence) -> list[str]:
    """What else of its module the text beside a listing says or imports."""
    path, _, symbol = fence.include.partition(":")
    listed = {f.include for f in page.fences}
    prose = _prose_beside(page, fence)
    imported = {
        alias.name
        for program in _programs_beside(page, fence)
        if not program.include
        for alias in _imported(program.body)
    }
    return [
        name
        for name in defined(book.root / path)
        if (name in imported or f"`{name}`" in prose)
        and name != symbol.partition(".")[0]
        and f"{path}:{name}" not in listed
    ]


def _imported(code: str) -> Iterator[ast.alias]:
    try:
        tree = ast.parse(code)
    except SyntaxError:  # for its run to say
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from node.names


PAGE_RULES: tuple[Callable[[Book, Page], Problems], ...] = (
    _front_matter,
    _headings,
    *places.RULES,
    _stray,
    *fences.RULES,
    _listings_resolve,
    _listed_once,
    _named_in_section,
    _blocks,
    numerals.problems,
    tally.problems,
    *claims.RULES,
    _mathematics,
    symbols.undescribed,
    symbols.changed,
    _labels,
    _checks,
    *checks.RULES,
    _figures,
    _exercises,
    _citations,
    _links,
    _chapter,
    sitting.problems,
    _project,
)
BOOK_RULES: tuple[Callable[[Book], Problems], ...] = (
    _orphans,
    _notebooks,
    _references,
    _terms,
    *places.BOOK_RULES,
    _navigation,
    _public_names,
    numerals.outside,
    moved.problems,
    sitting.kept,
    equations.problems,
)

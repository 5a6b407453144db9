"""Checks of a page that read the formula: which, at which line, with what.

A fence ``{.python .formula}`` in a ``/// check`` gives values, and the
displays that the check is of are read, run and tried with misprints. A
claim that no finite evaluation decides keeps its program, and the check
says why with ``unread:``.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from press import atomic, formulas, symbols, trees
from press.book import Book
from press.formulas import CheckError, Verdict, check, first_draw
from press.page import LABEL, Block, Display, Fence, Page
from press.problems import PressError, Problem
from press.programs import code_of
from press.settings import library_of

FOLDER = Path(".press") / "verdicts"
LONG = 60
Record = dict[str, Any]


def reads(fence: Fence) -> bool:
    """Whether a fence of a check gives values to the formula."""
    return "formula" in fence.classes


def named(page: Page, block: Block) -> list[str]:
    """The labels that a check is of: those it names, or the one above."""
    above = [
        d.label
        for d in page.displays
        if d.label.startswith("claim:") and d.line < block.line
    ]
    return block.options.get("of", "").split() or above[-1:]


def displays(page: Page, fence: Fence) -> list[Display]:
    """The displays that a fence of a check gives values to."""
    index = page.around(fence, "check")
    if index is None:
        return []
    labels = named(page, page.blocks[index])
    return [d for d in page.displays if d.label and d.label in labels]


def verify(
    place: Path, page: Page, fence: Fence, namespace: Mapping[str, Any]
) -> dict[str, Verdict]:
    """Read, run and try the formulas of one check.

    Raises:
        PressError: with the line of each formula that is not read, does
            not hold, or has a misprint that passes.
    """
    problems: list[Problem] = []
    verdicts: dict[str, Verdict] = {}
    for display in displays(page, fence):
        try:
            verdict = check(display.latex, namespace)
        except CheckError as error:
            problems.append(_problem(place, display, fence, error))
            continue
        verdicts[display.label] = verdict
        problems += _survivors(place, display, verdict)
        problems += symbols.misshapen(
            place, page, display, first_draw(namespace)
        )
    problems += _stale(place, fence, namespace, verdicts)
    if problems:
        raise PressError(problems)
    return verdicts


def _problem(
    place: Path, display: Display, fence: Fence, error: CheckError
) -> Problem:
    if error.start < 0:
        return Problem(place, fence.line, error.what, error.fix)
    line = _line(display, error.start)
    shown = shortened(display.latex[error.start : error.end])
    what = error.what if shown in error.what else (
        f'{error.what}, in "{shown}"'
    )  # fmt: skip
    return Problem(place, line, f"{display.label}: {what}", error.fix)


def shortened(latex: str) -> str:
    """A piece of LaTeX on one line of a message."""
    part = " ".join(latex.split()).rstrip("\\& ")
    return part if len(part) < LONG else part[:28] + " … " + part[-28:]


def _line(display: Display, offset: int) -> int:
    """The line of a place in a display, whose first may be its dollars."""
    return display.first + display.latex.count("\n", 0, offset)


def _survivors(
    place: Path, display: Display, verdict: Verdict
) -> list[Problem]:
    return [
        Problem(
            place, _line(display, m.start),
            f'{display.label}: the misprint "{m.what}" '
            + ("is refused by little more than rounding"
               if m in verdict.unclear else "passes the check"),
            "draw values that refuse it, or say in equal why it holds",
        )
        for m in verdict.survivors
    ]  # fmt: skip


def _stale(
    place: Path, fence: Fence, namespace: Mapping[str, Any],
    verdicts: Mapping[str, Verdict],
) -> list[Problem]:  # fmt: skip
    listed = namespace.get("equal", {})
    if not isinstance(listed, Mapping) or not verdicts:
        return []
    used = {what for v in verdicts.values() for what, _ in v.equal}
    return [
        Problem(
            place, fence.line,
            f'equal lists "{what}", which is refused or is never tried',
            "delete it",
        )
        for what in listed
        if what not in used
    ]  # fmt: skip


# what a reader sees, runs and edits


def program(page: Page, fence: Fence, code: str) -> str:
    """The code of a check with the formulas that it is of.

    In the page the formula is a string below the draw: change either, and
    see it refused.
    """
    lines = [code.rstrip("\n"), "", "", "from press.formulas import check"]
    for display in displays(page, fence):
        latex = LABEL.sub("", display.latex).strip()
        lines += ["", 'print(check(r"""', latex, '""", globals()))']
    return "\n".join(lines)


# what the build prints of the latest run


def state(root: Path) -> str:
    """A hash of what all verdicts depend on: what runs, and what reads."""
    return trees.digest(library_of(root), Path(formulas.__file__).parent)


def fingerprint(now: str, display: Display, code: str) -> str:
    """A hash of what a verdict depends on; `now` is the `state`."""
    return hashlib.sha256(
        b"\0".join(x.encode() for x in (display.latex, code, now))
    ).hexdigest()


def record(
    root: Path, page: Page, code: str, verdicts: Mapping[str, Verdict]
) -> None:
    """Keep verdicts for the build to print."""
    by_label = {d.label: d for d in page.displays}
    now = state(root)
    found = {
        label: {
            "fingerprint": fingerprint(now, by_label[label], code),
            "said": str(v), "draws": v.draws, "mistakes": v.mistakes,
            "refused": v.refused, "equal": [list(e) for e in v.equal],
        }
        for label, v in verdicts.items()
    }  # fmt: skip
    keep(root, page, found)


def keep(root: Path, page: Page, records: Mapping[str, Record]) -> None:
    """Add records to those that are kept of a page."""
    path = _file(root, page)
    found = {**load(root, page), **records}
    atomic.write(path, json.dumps(found, indent=1, sort_keys=True))


def load(root: Path, page: Page) -> dict[str, Record]:
    """The kept verdicts of a page, by label."""
    path = _file(root, page)
    if not path.exists():
        return {}
    loaded: dict[str, Record] = json.loads(path.read_text("utf8"))
    return loaded


class Kept:
    """The kept verdicts of a page, read once."""

    def __init__(self, root: Path, page: Page) -> None:
        self.records = load(root, page)
        self.state = state(root) if self.records else ""

    def current(
        self, display: Display, code: str, name: str = ""
    ) -> Record | None:
        """What is kept of a formula, if it is about what stands there now.

        It is kept by the label of the formula, unless by a `name`.
        """
        found = self.records.get(name or display.label)
        same = found and found["fingerprint"] == fingerprint(
            self.state, display, code
        )
        return found if same else None


def _file(root: Path, page: Page) -> Path:
    return root / FOLDER / (page.name.replace("/", ".") + ".json")


# counts for the page that says how the book is verified


def counts(book: Book, page: Page) -> dict[str, int]:
    """Formulas of a page: claims, those that are read, and their mistakes.

    `unread` counts the claims whose check says why they are not read,
    `refused` and `mistakes` come from the latest run, and so does
    `steps_held` of `steps`, the relations in displays that no check is of.
    """
    from press import steps  # noqa: PLC0415  (it imports this)

    read: set[str] = set()
    mistakes = refused = run = 0
    kept = Kept(book.root, page)
    for fence in page.fences:
        if not (fence.is_python and reads(fence)):
            continue
        code = code_of(book.root, book.place(page), fence).text
        for display in displays(page, fence):
            read.add(display.label)
            verdict = kept.current(display, code)
            if verdict:
                run += 1
                mistakes += verdict["mistakes"] - len(verdict["equal"])
                refused += verdict["refused"]
    claims = [d.label for d in page.displays if d.label.startswith("claim:")]
    return {
        "claims": len(claims),
        "definitions": sum(n.startswith("def:") for n in read),
        "read": sum(n in read for n in claims),
        "run": run,
        "unread": len(unread(page)),
        "mistakes": mistakes,
        "refused": refused,
        **steps.counts(book, page),
    }


def unread(page: Page) -> dict[str, str]:
    """The claims that are not read, each with the reason."""
    return {
        label: block.options["unread"]
        for block in page.blocks
        if block.kind == "check" and block.options.get("unread")
        for label in named(page, block)
    }

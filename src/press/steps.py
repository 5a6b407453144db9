"""Derivation steps: displays that no check is of, tried beside one.

A step takes the draws of the nearest check in its section, the one below
it before the one above. What is false there is a problem at its line; what
has no value there is counted, not hidden. A check whose letters mean
something else than in the displays around it says so:
``steps: no, the reason``.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from press import formula_checks
from press.book import Book
from press.formulas import Step, relations, steps
from press.page import Block, Display, Fence, Page
from press.problems import PressError, Problem
from press.programs import code_of

OPTION = "steps"
SECTION = 2
Tried = list[tuple[Display, list[Step]]]


def displays(page: Page) -> list[Display]:
    """The displays that no check is of."""
    named = {
        label
        for block in page.blocks
        if block.kind == "check"
        for label in formula_checks.named(page, block)
    }
    return [d for d in page.displays if d.label not in named]


def nearest(page: Page, display: Display) -> Fence | None:
    """The fence whose draws a display takes, if its section has one."""
    ends = [h.line for h in page.headings if h.level <= SECTION]
    first = max((x for x in ends if x < display.line), default=0)
    last = min((x for x in ends if x > display.line), default=10**9)
    fences = [
        f
        for f in page.fences
        if f.is_python
        and formula_checks.reads(f)
        and first < f.line < last
        and page.around(f, "check") is not None
    ]
    below = [f for f in fences if f.line > display.line]
    return below[0] if below else fences[-1] if fences else None


def of(page: Page, fence: Fence) -> list[Display]:
    """The displays that take the draws of a fence."""
    return [d for d in displays(page) if nearest(page, d) is fence]


def verify(
    root: Path, page: Page, fence: Fence, namespace: Mapping[str, Any]
) -> Tried:
    """Try the steps that take the draws of one check, which has passed.

    Raises:
        PressError: with the line of each step that is false.
    """
    book = Book(root)
    if page.name in book.later or _refusal(page, fence):
        return []
    tried = [(d, steps(d.latex, namespace)) for d in of(page, fence)]
    problems = [
        _false(book.place(page), display, fence, step)
        for display, found in tried
        for step in found
        if step.went == "false"
    ]
    if problems:
        raise PressError(problems)
    return tried


def _false(place: Path, display: Display, fence: Fence, step: Step) -> Problem:
    shown = formula_checks.shortened(display.latex[step.start : step.end])
    return Problem(
        place,
        display.first + display.latex.count("\n", 0, step.right),
        f"a step that does not hold at draw {step.draw} of the check in line "
        f'{fence.line}: "{shown}", {step.said}',
        f'mend it, or say there with "{OPTION}: no, …" what else its letters '
        "mean",
    )


def _refusal(page: Page, fence: Fence) -> str:
    index = page.around(fence, "check")
    return "" if index is None else page.blocks[index].options.get(OPTION, "")


def misused(book: Book, page: Page) -> Iterator[Problem]:
    """Checks that keep their draws from the displays around, wrongly."""
    for index, block in enumerate(page.blocks):
        if block.kind != "check" or not block.options.get(OPTION):
            continue
        fences = [f for f in page.fences if f.block == index]
        what, fix = _misuse(page, block, fences)
        if what:
            line = block.option_lines[OPTION]
            yield Problem(book.place(page), line, what, fix)


def _misuse(page: Page, block: Block, fences: list[Fence]) -> tuple[str, str]:
    no, _, reason = block.options[OPTION].partition(",")
    if no.strip() != "no" or len(reason.split()) < 2:
        return (
            f'"{OPTION}: {block.options[OPTION]}" without a reason',
            f"write {OPTION}: no, and what else the letters mean",
        )
    if not any(of(page, f) for f in fences):
        return (
            f"{OPTION}: no, where no display takes these draws",
            "delete it",
        )
    return "", ""


# what the build prints of the latest run


def record(root: Path, page: Page, code: str, tried: Tried) -> None:
    """Keep how many steps of each display were held."""
    now = formula_checks.state(root)
    formula_checks.keep(
        root,
        page,
        {
            key(display): {
                "fingerprint": formula_checks.fingerprint(now, display, code),
                "steps": len(found),
                "held": sum(s.went == "held" for s in found),
            }
            for display, found in tried
        },
    )


def counts(book: Book, page: Page) -> dict[str, int]:
    """Steps of a page, those that were held, and displays that were run."""
    kept = formula_checks.Kept(book.root, page)
    total = held = run = 0
    for display in displays(page):
        total += relations(display.latex)
        fence = nearest(page, display)
        if fence is None or _refusal(page, fence):
            continue
        code = code_of(book.root, book.place(page), fence).text
        if found := kept.current(display, code, key(display)):
            run += 1
            held += found["held"]
    return {"steps": total, "steps_held": held, "steps_run": run}


def key(display: Display) -> str:
    """By what name the steps of a display are kept."""
    return "step: " + " ".join(display.latex.split())

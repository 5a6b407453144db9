"""The careless edits of a page.

===================== ================================================
kind                  what is changed
===================== ================================================
output digit          one digit of each number of each output
output sign           the sign of each number of each output
output word           two letters of each word of each output
claim digit, sign     one digit and the sign of each claimed number
number                one digit of each numeral in prose, inline
                      mathematics, captions, alternative texts and
                      tables that has two digits, a point or a per cent
answer                the same in a solution
solution …            signs, comparisons, constants, indices, arguments
                      and lines of each graded solution
include               each word of an include, mistyped, and the symbol
                      exchanged for its neighbour in the file
figure                the name mistyped, each option lost or mistyped
formula …             sign, relation, function, transpose, numeral and
                      symbol of each labelled claim
===================== ================================================

Counted beside the score: the same mistakes in formulas that nothing runs
(`other formula …`), and numerals of one digit in prose (`one digit`), which
the rule for numbers does not reach.

Not made, because a reader sees no difference or no run could decide: the
number of a list item (Markdown counts by itself); digits of addresses,
labels, attributes and code spans (they are names, and a broken one is a
broken link or reference); the sign of a zero; the place in a cited source
(only the source knows it); the expression of a claim (it is not printed); the
number of a fact (its source says it, no program);
typed programs (all else is compared with them, and a changed one moves its
output).
"""

import re
from collections.abc import Iterator
from pathlib import Path

from press import marks
from press.compare import NUMBER
from press.include import IncludeError, resolve, symbols
from press.mutate import library
from press.mutate.edits import Edit, Lines, another_digit, distinct, misspelt
from press.mutate.formulas import mistakes
from press.page import INLINE_MATH, PICTURES, Block, Fence, Page
from press.programs import code_of

WORD = re.compile(r"[A-Za-z]{2,}")
NUMERAL = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?!\w)%?")
ITEM = re.compile(r"^\s*\d+\.\s")
HIDDEN = re.compile(
    r"\]\([^)]*\)|\{[^}]*\}|\[@[^\]]*\]|<[^>]*>|https?:\S+|\\\w*ref\{[^}]*\}"
)
ANY_NUMBER = re.compile(r"\d")


def edits(root: Path, page: Page) -> list[Edit]:
    """Every careless edit of a page, in its order."""
    made = _Page(root, page)
    return distinct(made.all())


class _Page:
    """A page and where its lines begin."""

    def __init__(self, root: Path, page: Page) -> None:
        self.root = root
        self.page = page
        self.place = page.folder / page.path
        self.lines = Lines(page.text)

    def all(self) -> Iterator[Edit]:
        for fence in self.page.fences:
            if fence.is_output:
                yield from self._output(fence)
            if fence.include:
                yield from self._include(fence)
            if "solution" in fence.classes:
                yield from self._solution(fence)
        for block in self.page.blocks:
            if block.kind in PICTURES:
                yield from self._figure(block)
        yield from self._displays()
        for number in range(1, len(self.lines.lines) + 1):
            yield from self._prose(number)

    def _edit(  # noqa: PLR0913  (an edit is all of this)
        self,
        line: int,
        column: int,
        old: str,
        new: str,
        kind: str,
        *,
        scored: bool = True,
    ) -> Edit:
        start = self.lines.offset(line, column)
        end = start + len(old)
        return Edit(self.place, line, kind, old, new, start, end, new, scored)

    def _output(self, fence: Fence) -> Iterator[Edit]:
        for down, text in enumerate(fence.body.splitlines()):
            line = fence.line + 1 + down
            for found in NUMBER.finditer(text):
                yield from self._number(line, found.start(), found[0])
            for found in WORD.finditer(text):
                yield self._edit(
                    line, found.start(), found[0], misspelt(found[0]),
                    "output word",
                )  # fmt: skip

    def _number(
        self, line: int, column: int, number: str, what: str = "output"
    ) -> Iterator[Edit]:
        salt = f"{column}:{self.lines.lines[line - 1]}"
        new = another_digit(number, salt)
        yield self._edit(line, column, number, new, f"{what} digit")
        bare = number.lstrip("+-\u2212")
        if any(c in "123456789" for c in re.split("[eE]", bare)[0]):
            new = bare if number[0] in "-\u2212" else f"-{bare}"
            yield self._edit(line, column, number, new, f"{what} sign")

    def _include(self, fence: Fence) -> Iterator[Edit]:
        line = fence.line + 1
        text = self.lines.lines[line - 1]
        at = text.index(fence.include)
        for found in re.finditer(r"\w+", fence.include):
            new = misspelt(found[0])
            yield self._edit(
                line, at + found.start(), found[0], new, "include"
            )
        name, _, symbol = fence.include.partition(":")
        try:
            resolve(self.root, fence.include)
        except IncludeError:
            return
        others = symbols(self.root / name)
        if symbol in others and len(others) > 1:
            after = others[(others.index(symbol) + 1) % len(others)]
            yield self._edit(
                line, at + len(name) + 1, symbol, after, "include"
            )

    def _solution(self, fence: Fence) -> Iterator[Edit]:
        code = code_of(self.root, self.place, fence)
        start = self.lines.offset(fence.line + 1, 0)
        end = self.lines.offset(fence.end, 0)
        for edit in library.edits(code.path, code.text, lines=True):
            yield Edit(
                code.path,
                code.line + edit.line - 1,
                f"solution {edit.kind}",
                edit.old,
                edit.new,
                start,
                end,
                edit.applied(code.text) + "\n",
            )

    def _figure(self, block: Block) -> Iterator[Edit]:
        text = self.lines.lines[block.line - 1]
        at = text.rindex(block.title) if block.title else len(text)
        yield self._edit(
            block.line, at, block.title, misspelt(block.title), "figure"
        )
        for down, key in enumerate(block.options, 1):
            line = block.line + down
            text = self.lines.lines[line - 1]
            yield self._edit(line, 4, key, misspelt(key), "figure")
            yield self._edit(line, 0, f"{text}\n", "", "figure")
            if key == "alt":
                yield from self._numerals(line, text)

    def _displays(self) -> Iterator[Edit]:
        for display in self.page.displays:
            start = self.lines.offset(display.line, 0)
            at = self.page.text.index(display.latex, start)
            runs = display.label.startswith("claim:")
            kind = "formula" if runs else "other formula"
            for first, last, new, what in mistakes(display.latex):
                yield Edit(
                    self.place,
                    self.lines.line_of(at + first),
                    f"{kind} {what}",
                    display.latex[first:last],
                    new,
                    at + first,
                    at + last,
                    new,
                    runs,
                )

    def _prose(self, line: int) -> Iterator[Edit]:
        masked = self.page.masked[line - 1]
        if not masked.strip():
            return
        raw = self.lines.lines[line - 1]
        for mark, kind in marks.found(raw):
            if kind == "fact" or not mark["code"]:
                continue  # no program knows a fact; formulas come next
            for found in NUMBER.finditer(mark["code"]):
                column = mark.start("code") + found.start()
                yield from self._number(line, column, found[0], "claim")
        for found in INLINE_MATH.finditer(masked):
            yield from self._inline(line, found.start("latex"), found["latex"])
        yield from self._numerals(line, INLINE_MATH.sub(_blank, masked))

    def _inline(self, line: int, column: int, latex: str) -> Iterator[Edit]:
        for first, last, new, what in mistakes(latex):
            old = latex[first:last]
            numeral = what == "numeral" and len(old) > 1
            kind = self._called(line) if numeral else f"other formula {what}"
            yield self._edit(
                line, column + first, old, new, kind, scored=numeral
            )

    def _numerals(self, line: int, text: str) -> Iterator[Edit]:
        text = HIDDEN.sub(_blank, ITEM.sub(_blank, text))
        for found in NUMERAL.finditer(text):
            old = found[0]
            held = len(old) > 1
            new = another_digit(old, f"{found.start()}:{text}")
            kind = self._called(line) if held else "one digit"
            yield self._edit(line, found.start(), old, new, kind, scored=held)

    def _called(self, line: int) -> str:
        inside = any(
            b.kind == "solution" and b.line < line < b.end
            for b in self.page.blocks
        )
        return "answer" if inside else "number"


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])

"""Numbers in prose: whatever looks like a claim is one, and says something.

A claim that the press does not read is a typed number that looks checked,
and one of a literal, of chance or of a value that it changes itself is
checked against nothing.
"""

import ast
import builtins
import re
from collections.abc import Iterator, Sequence

from press.book import Book
from press.marks import alt_of, found, marks
from press.page import FORMS, Page, options_of, unread_of
from press.problems import Problem

Problems = Iterator[Problem]

FIX = 'write `3.0`{ .claim of="x" } in one line, without a space before {'
HINT = re.compile(
    r"(?<![\w.])of\s*=\s*[\"'\u201c\u201d]"
    r"|\{[^}]*?[\s.:{](?:" + "|".join(FORMS) + r")s?\b"
    r"|\u00b7\s*\{|<data\b",
    re.IGNORECASE,
)
HEADER = re.compile(r"\{[^}]*\.(?:" + "|".join(FORMS) + r")\b", re.IGNORECASE)
CHANCE = {
    "random", "normal", "uniform", "integers", "choice", "shuffle",
    "permutation", "permuted", "standard_normal", "rand", "randn", "randint",
    "time", "perf_counter", "urandom", "getrandbits", "gauss",
}  # fmt: skip
FROM_OUTSIDE = {"open", "input", "exec", "eval", "print", "__import__"}


def looks_like_a_claim(book: Book, page: Page) -> Problems:
    """What is written as a claim and would be printed as it stands."""
    place = book.place(page)
    lines = page.text.splitlines()
    headings = {h.line for h in page.headings}
    for number, (line, masked) in enumerate(
        zip(lines, page.masked, strict=True), 1
    ):
        rest = masked
        for match, _ in found(line if masked.strip() else ""):
            if _form(match["attributes"]):
                start, end = match.span()
                rest = rest[:start] + " " * (end - start) + rest[end:]
        hint = HINT.search(rest)
        if hint and not (number in headings and "\u00b7" in hint[0]):
            around = line[hint.start() : hint.end() + 30].strip()
            yield Problem(
                place, number, f'"{around}" looks like a claim and is none',
                FIX,
            )  # fmt: skip
    for number in _headers(page):
        if alt_of(page, number) is not None:
            continue
        if HEADER.search(lines[number - 1]):
            yield Problem(
                place, number, "a claim in a header, which nobody reads",
                "say the number in a sentence below it",
            )  # fmt: skip


def _form(attributes: str) -> bool:
    names, _ = options_of(attributes)
    return bool(names) and names[0] in FORMS and not unread_of(attributes)


def _headers(page: Page) -> Iterator[int]:
    yield from range(1, page.front_lines + 1)
    for block in page.blocks:
        yield from range(block.line, block.line + block.body)


def says_something(book: Book, page: Page) -> Problems:
    """Claims that would hold whatever the program computes."""
    place = book.place(page)
    for claim in marks(page):
        if claim.kind != "claim":
            continue
        try:
            tree = ast.parse(claim.of.strip(), mode="eval")
        except SyntaxError:
            continue  # said by another rule
        for what, fix in _empty(tree, claim.shown):
            yield Problem(
                place, claim.line, f'the claim of "{claim.of}" {what}', fix
            )


def _empty(tree: ast.Expression, shown: str) -> Iterator[tuple[str, str]]:
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    bound = {
        n.id
        for n in ast.walk(tree)
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
    free = names - bound - vars(builtins).keys()
    constants = [
        n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)
    ]
    computed = any(isinstance(n, ast.BinOp | ast.Call) for n in ast.walk(tree))
    typed = not computed or _is_one_of(shown, constants)
    if free <= {"np", "math"} and typed:
        yield "is a literal", "claim of what the example above computes"
    if any(isinstance(n, ast.NamedExpr) for n in ast.walk(tree)):
        yield "assigns to a name", "assign it in the example above"
    called = {
        ast.unparse(n.func).rpartition(".")[2]
        for n in ast.walk(tree)
        if isinstance(n, ast.Call)
    }
    if chance := sorted(called & CHANCE):
        yield (
            f"draws or measures anew: {', '.join(chance)}",
            "draw in the example above, and claim of what was drawn",
        )
    if outside := sorted(called & FROM_OUTSIDE):
        yield f"calls {', '.join(outside)}", "claim of a name"


def _is_one_of(shown: str, constants: Sequence[object]) -> bool:
    text = shown.replace("\u2212", "-").replace(",", "").removesuffix("%")
    for value in constants:
        try:
            if abs(float(text)) == abs(float(value)):  # type: ignore[arg-type]
                return True
        except (TypeError, ValueError):
            continue
    return False


RULES = (looks_like_a_claim, says_something)

"""Which numbers a page shows that nothing holds.

A *numeral* is a number of two digits or more, a decimal, a percentage or a
power of ten, wherever a reader reads it. It is held if it is marked, see
`press.marks`; if an inline formula states it, see `press.arithmetic`; or if
it is the year of a source that its sentence cites. What only looks like a
numeral is in the table of names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from press import arithmetic, literals
from press.book import Book
from press.marks import Mark, alt_of, found, inside
from press.page import CITATION, CODE_SPAN, INLINE_MATH, PICTURES, Page

PRODUCTS = (
    "Python|NumPy|SciPy|scikit-learn|Matplotlib|PyTorch|TensorFlow|Keras|JAX"
    "|optax|Pyodide|Zensical|MkDocs"
)
NAMES: tuple[tuple[str, str], ...] = (
    (
        rf"\b(?:{PRODUCTS})\s(?:≥\s)?\d[\d.]*",
        "a release is called by its number",
    ),
    (r"\b(?:8|16|32|64|80|128)[- ]bit\b", "a format is called by its width"),
    (r"\bIEEE 754\b", "a standard is called by its number"),
    (r"\bCC BY(?:-SA)? \d\.\d", "a licence is called by its version"),
    (r"\b[A-Z]\w*-\d[\w.]*", "a model or data set: ResNet-50, CIFAR-10"),
    (
        r"\b[A-Za-z][A-Za-z_]*\d[\w.]*",
        "a letter before the digits: float64, L2, v1.2",
    ),
)
NAME = re.compile("|".join(pattern for pattern, _ in NAMES))
LOCATOR = re.compile(
    r"\b(?:sections?|chapters?|pages?|parts?|theorems?|lemmas?|appendix|"
    r"algorithms?|equations?|table|figure|example|volume)\s\d[\d.]*"
    r"(?:(?:,| and| to|–)\s?\d[\d.]*)*",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-Z`$\[(])|\n\s*(?:[-*|]|\d+\.)")
BARE = re.compile(r"[-−+±\s\d.,\[\]()%×·/eE⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
HIDDEN = (
    re.compile(r"(?<=\])\([^)\s]*(?:\s\"[^\"]*\")?\)"),  # target of a link
    re.compile(r"\\(?:eqref|ref)\{[^}]*\}"),
    re.compile(r"\[@[^\]]*\]"),
    re.compile(r"\[\^[^\]]*\]"),
    re.compile(r"\{press:[^}]*\}"),
    re.compile(r"\{\s*[.#][^}]*\}|\{\s*[\w-]+=\"[^}]*\}"),
    re.compile(r"</?[a-zA-Z][^>]*>|<!--.*?-->|<https?:[^>]*>"),
    re.compile(r"https?://\S+"),
    re.compile(r"&#?\w+;"),
    re.compile(r"^\s*(?:>\s*)*\d+[.)]\s"),  # number of a list
)
TITLED = frozenset({*PICTURES, "html", "check"})


@dataclass(frozen=True)
class Numeral:
    """A number that nothing holds: what, where, and among what."""

    text: str
    line: int
    column: int
    where: str

    @property
    def math(self) -> bool:
        """Whether it stands in a formula."""
        return self.where == "formula"


@dataclass(frozen=True)
class Relation:
    """An inline formula that states a number; `mark` says where."""

    latex: str
    line: int
    mark: Mark


def relations(page: Page) -> list[Relation]:
    """The formulas that a run of the page compares."""
    return [
        Relation(f.latex, f.line, f.mark)
        for f in formulas(page)
        if f.is_relation and not f.is_identity
    ]


def bare(page: Page, book: Book | None = None) -> list[Numeral]:
    """Every numeral that is not held; a year needs `book` to be."""
    seen: list[Numeral] = [*_in_front(page), *_in_titles(page)]
    years = years_of(page, book)
    for number, line in enumerate(page.text.splitlines(), 1):
        masked = page.masked[number - 1]
        if masked.strip():
            seen += [
                n
                for n in _in_line(page, number, line, masked)
                if (n.line, n.text) not in years
            ]
        elif alt_of(page, number) is not None:
            shown = _without_marks(line, line)
            seen += _numerals(shown, number, "alternative text")
    return [*seen, *_in_formulas(page)]


@dataclass(frozen=True)
class Formula:
    """An unmarked inline formula that holds a numeral."""

    latex: str
    line: int
    start: int
    mark: Mark

    @cached_property
    def is_relation(self) -> bool:
        """Whether a run can compare it."""
        return arithmetic.is_relation(self.latex)

    @cached_property
    def is_identity(self) -> bool:
        """Whether it is true or false by itself."""
        return arithmetic.is_identity(self.latex)


@lru_cache(maxsize=128)
def formulas(page: Page) -> tuple[Formula, ...]:
    """Every inline formula without a mark that shows a numeral."""
    return tuple(_formulas_of(page))


def _formulas_of(page: Page) -> Iterator[Formula]:
    for number, line in enumerate(page.text.splitlines(), 1):
        text = page.masked[number - 1]
        if not text.strip():
            if alt_of(page, number) is None:
                continue
            text = line
        for match in INLINE_MATH.finditer(_without_marks(line, text)):
            if any(literals.in_formula(match["latex"])):
                start = match.start("latex")
                yield Formula(
                    match["latex"],
                    number,
                    start,
                    _as_mark(page, number, start, match["latex"]),
                )


def _as_mark(page: Page, number: int, start: int, latex: str) -> Mark:
    alt = alt_of(page, number)
    picture = inside(page, number, PICTURES) if alt is None else alt
    exercise = inside(page, number, {"exercise"})
    return Mark(
        "relation",
        latex,
        number,
        start,
        start + len(latex),
        {},
        math=True,
        picture=picture,
        exercise=exercise,
    )


def _in_formulas(page: Page) -> Iterator[Numeral]:
    for formula in formulas(page):
        if not formula.is_relation:
            yield Numeral(
                formula.latex, formula.line, formula.start + 1, "formula"
            )


def _in_front(page: Page) -> Iterator[Numeral]:
    lines = page.text.splitlines()[: page.front_lines]
    for key in ("title", "description"):
        line = next(
            (n for n, x in enumerate(lines, 1) if x.startswith(f"{key}:")), 1
        )
        said = str(page.front.get(key, ""))
        yield from _numerals(said, line, "the front matter")


def _in_titles(page: Page) -> Iterator[Numeral]:
    lines = page.text.splitlines()
    for block in page.blocks:
        if block.kind not in TITLED and block.title:
            line = lines[block.line - 1]
            at = line.index("|") + 1
            text = " " * at + _hide(line[at:])
            yield from _numerals(text, block.line, "a title")
    for heading in page.headings:
        label = re.search(r'data-toc-label="([^"]*)"', heading.attributes)
        if label:
            yield from _numerals(label[1], heading.line, "a title")


def _in_line(
    page: Page, number: int, line: str, masked: str
) -> Iterator[Numeral]:
    text = _without_marks(line, masked)
    raw = _without_marks(line, line)
    text = INLINE_MATH.sub(_blank, text)
    for match in CODE_SPAN.finditer(raw):
        if BARE.fullmatch(match["code"]) and text[match.start()] == "·":
            for n in _numerals(match["code"], number, "a code span"):
                column = n.column + match.start("code")
                yield Numeral(n.text, number, column, n.where)
    if re.search(r"\d", _hide(text)):
        yield from _numerals(_hide_cited(page, number, text), number, "prose")


def _hide(text: str) -> str:
    for pattern in HIDDEN:
        text = pattern.sub(_blank, text)
    return NAME.sub(_blank, text)


def _hide_cited(page: Page, number: int, text: str) -> str:
    """Without the places in a source that its sentence cites, either."""

    def blank(match: re.Match[str]) -> str:
        sentence, _ = _sentence(page, number, match.start())
        return _blank(match) if CITATION.search(sentence) else match[0]

    return LOCATOR.sub(blank, _hide(text))


def _numerals(text: str, number: int, where: str) -> Iterator[Numeral]:
    for match in literals.NUMBER.finditer(NAME.sub(_blank, text)):
        before = text[: match.start()][-1:]
        if literals.notable(match) and not before.isalnum():
            yield Numeral(match[0].strip(), number, match.start() + 1, where)


def _without_marks(line: str, text: str) -> str:
    for match, _ in found(line):
        text = text[: match.start()] + _blank(match) + text[match.end() :]
    return text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _sentence(page: Page, number: int, column: int) -> tuple[str, int]:
    """The sentence around a place, and where the place is in it."""
    first = last = number
    masked = page.masked
    while first > 1 and masked[first - 2].strip():
        first -= 1
    while last < len(masked) and masked[last].strip():
        last += 1
    text = "\n".join(masked[first - 1 : last])
    at = sum(len(x) + 1 for x in masked[first - 1 : number - 1]) + column
    starts = [0, *(m.end() for m in SENTENCE.finditer(text))]
    start = max(s for s in starts if s <= at)
    end = min((s for s in starts if s > at), default=len(text))
    return text[start:end], at - start


def years_of(page: Page, book: Book | None) -> set[tuple[int, str]]:
    """Lines and years that a citation of their sentence confirms."""
    if book is None:
        return set()
    seen = set()
    for number, line in enumerate(page.masked, 1):
        for match in re.finditer(r"(?<![\w.])(?:1[6-9]|20)\d\d(?!\d)", line):
            text, _ = _sentence(page, number, match.start())
            keys = [m["key"] for m in CITATION.finditer(text)]
            sources = [book.sources[k] for k in keys if k in book.sources]
            if any(str(s.year) == match[0] for s in sources):
                seen.add((number, match[0]))
    return seen

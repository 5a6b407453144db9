"""A place in the tokens of a formula, and what is read from there."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from press.formulas.tokens import FormulaError, Token, tokens
from press.formulas.tree import Node


class Cursor(ABC):
    """A walk over tokens.

    Attributes:
        latex: the formula.
        tokens: the tokens, with an end token behind the last.
        at: which one is looked at.
        bars: how many ``|`` are open, so that the next may close one.
        cells: how many cells of tables are open: & and a new row end one.
        integrals: how many integrals wait for their differential.
    """

    def __init__(self, latex: str, where: Sequence[str]) -> None:
        self.latex = latex
        self.tokens = tokens(latex)
        for i, fragment in enumerate(where):
            self.tokens = _named(self.tokens, tokens(fragment), i)
        self.at = 0
        self.bars = 0
        self.cells = 0
        self.integrals = 0

    @property
    def next(self) -> Token:
        """The token that is looked at."""
        return self.tokens[self.at]

    def ahead(self, steps: int) -> Token:
        """The token some steps farther on."""
        return self.tokens[min(self.at + steps, len(self.tokens) - 1)]

    def step(self) -> Token:
        """Take the token."""
        token = self.next
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def took(self, *texts: str) -> bool:
        """Whether it was one of these, and was taken."""
        if self.next.is_(*texts):
            self.step()
            return True
        return False

    def demand(self, text: str) -> Token:
        """Take a sign that must stand here."""
        if self.next.is_(text):
            return self.step()
        if self.next.kind == "text":
            raise self.wrong(
                "words behind a value", "put the whole name in one \\text"
            )
        raise self.wrong(f'"{text}" is missing here', "close what is open")

    def wrong(self, what: str, fix: str) -> FormulaError:
        """An error at the token that is looked at."""
        start = self.next.start
        return FormulaError(what, fix, start, max(self.next.end, start + 1))

    def end_of_last(self) -> int:
        """Where the token taken last ends."""
        return self.tokens[max(self.at - 1, 0)].end

    # what symbols, brackets and operators are made of

    @abstractmethod
    def statement(self) -> Node:
        """A relation, or ⇒ between two."""

    @abstractmethod
    def relation(self) -> Node:
        """Sides with relations between, or one value."""

    @abstractmethod
    def sum(self) -> Node:
        """Terms with signs."""

    @abstractmethod
    def term(self) -> Node:
        """Products with an explicit sign between."""

    @abstractmethod
    def product(self) -> Node:
        """Factors side by side."""

    @abstractmethod
    def begins_factor(self) -> bool:
        """Whether a factor begins here."""

    @abstractmethod
    def factor(self) -> Node:
        """An operator with what it acts on, or an atom with scripts."""

    @abstractmethod
    def atom(self) -> Node:
        """A number, a symbol or something in brackets."""

    @abstractmethod
    def variable(self) -> Node:
        """A symbol with its index."""

    @abstractmethod
    def named(self) -> Node:
        """A name in words."""

    @abstractmethod
    def inside(self, close: str) -> tuple[Node, ...]:
        """Values up to the end of a bracket, parted by commas."""

    @abstractmethod
    def frac(self) -> Node:
        """A fraction or a derivative."""

    @abstractmethod
    def infinity(self) -> Node:
        """∞."""


def _named(found: list[Token], fragment: list[Token], i: int) -> list[Token]:
    """The tokens with a fragment of them as one name."""
    wanted = [(t.kind, t.text) for t in fragment[:-1]]
    out: list[Token] = []
    at = 0
    while at < len(found):
        part = found[at : at + len(wanted)]
        if wanted and [(t.kind, t.text) for t in part] == wanted:
            out.append(
                Token("name", f"where__{i}", part[0].start, part[-1].end)
            )
            at += len(wanted)
        else:
            out.append(found[at])
            at += 1
    return out

"""What stands in brackets or is the argument of a command."""

from collections.abc import Callable

from press.formulas.symbols import Symbols
from press.formulas.tokens import Token
from press.formulas.tree import ACCENTS, FONTS, GREEK, Node
from press.formulas.words import ARROWS, FENCES


class Atoms(Symbols):
    """The reader of brackets, norms, roots, tables and sets."""

    def atom(self) -> Node:
        """A number, a symbol or something in brackets."""
        token = self.next
        reader = self.atoms().get(token.text)
        if token.kind == "number":
            self.step()
            return Node("num", token.start, token.end, text=token.text)
        if token.kind == "begin":
            return self.table()
        if token.kind == "text":
            return self.named()
        if token.kind in {"command", "sign"} and reader:
            return reader()
        if token.kind == "letter" or token.is_(*GREEK, *ACCENTS, *FONTS):
            return self.symbol()
        if token.is_(*ARROWS):
            raise self.wrong(
                "a side of ⇒ that is no relation",
                "write relations on both sides, or say it in the sentence",
            )
        said = "the formula ends" if token.kind == "stop" else (
            f'"{token.text}" is not read'
        )  # fmt: skip
        raise self.wrong(f"{said} here", "write a value, or say it in words")

    def atoms(self) -> dict[str, Callable[[], Node]]:
        """The readers of atoms that begin with a sign or a command."""
        return {
            "(": self.bracket, "[": self.bracket, "{": self.bracket,
            "lfloor": self.bracket, "lceil": self.bracket, "|": self.bar,
            "Vert": self.double_bar, "norm": self.norm, "abs": self.absolute,
            "inner": self.inner, "sqrt": self.root, "binom": self.binomial,
            "infty": self.infinity, "bigO": self.order,
            "underbrace": self.braced_below,
        }  # fmt: skip

    def inside(self, close: str) -> tuple[Node, ...]:
        """Values up to the end of a bracket, parted by commas."""
        bars, self.bars = self.bars, 0
        parts = [self.relation()]
        while self.took(",", ";"):
            if self.next.is_("dots"):
                raise self.wrong(
                    "dots between arguments are not read",
                    "name the whole with where:",
                )
            parts.append(self.relation())
        self.demand(close)
        self.bars = bars
        return tuple(parts)

    def bracket(self) -> Node:
        """What stands in brackets; [i = j] is 1 or 0."""
        opened = self.step()
        close = FENCES[opened.text]
        bars, self.bars = self.bars, 0
        inner = self.statement()
        self.bars = bars
        end = self.demand(close).end
        if opened.text == "[" and inner.kind == "relation":
            return Node("truth", opened.start, end, (inner,))
        if opened.text in {"lfloor", "lceil"}:
            return Node(
                "function", opened.start, end, (inner,), opened.text[1:]
            )
        return Node("group", opened.start, end, (inner,))

    def bar(self) -> Node:
        """|x|."""
        start = self.step().start
        self.bars += 1
        inner = self.sum()
        self.bars -= 1
        return Node("abs", start, self.demand("|").end, (inner,))

    def double_bar(self) -> Node:
        """‖x‖."""
        start = self.step().start
        self.bars += 1
        inner = self.sum()
        self.bars -= 1
        return Node("norm", start, self.demand("Vert").end, (inner,))

    def braced(self) -> Node:
        """The argument of a command: a group or one token."""
        if not self.next.is_("{"):
            if self.next.kind == "number" and len(self.next.text) > 1:
                return self.split_digits()
            return self.atom()
        start = self.step().start
        bars, self.bars = self.bars, 0
        inner = self.relation()
        self.bars = bars
        end = self.demand("}").end
        return Node("braces", start, end, (inner,))

    def split_digits(self) -> Node:
        r"""``\frac12`` is one over two: a digit is a token of TeX."""
        token = self.next
        head = Token("number", token.text[0], token.start, token.start + 1)
        rest = Token("number", token.text[1:], token.start + 1, token.end)
        self.tokens[self.at : self.at + 1] = [head, rest]
        return self.atom()

    def norm(self) -> Node:
        r"""``\norm{x}``."""
        start = self.step().start
        inner = self.braced()
        return Node("norm", start, inner.end, (inner,))

    def absolute(self) -> Node:
        r"""``\abs{x}``."""
        start = self.step().start
        inner = self.braced()
        return Node("abs", start, inner.end, (inner,))

    def inner(self) -> Node:
        r"""``\inner{x}{y}``."""
        start = self.step().start
        left, right = self.braced(), self.braced()
        return Node("inner", start, right.end, (left, right))

    def root(self) -> Node:
        r"""``\sqrt{x}``."""
        start = self.step().start
        if self.next.is_("["):
            raise self.wrong("a root with an index", "write a power 1/n")
        inner = self.braced()
        return Node("root", start, inner.end, (inner,))

    def binomial(self) -> Node:
        r"""``\binom{n}{k}``."""
        start = self.step().start
        left, right = self.braced(), self.braced()
        return Node("binomial", start, right.end, (left, right))

    def infinity(self) -> Node:
        """∞."""
        token = self.step()
        return Node("num", token.start, token.end, text="inf")

    def order(self) -> Node:
        r"""``\bigO{h^2}``."""
        start = self.step().start
        inner = self.braced()
        return Node("order", start, inner.end, (inner,))

    def braced_below(self) -> Node:
        """What a brace and a remark stand below."""
        self.step()
        inner = self.braced()
        if self.took("_"):
            self.script()
        return inner

    def table(self) -> Node:
        """A matrix or cases."""
        opened = self.step()
        rows: list[Node] = []
        row: list[Node] = []
        start = self.next.start
        while True:
            row.append(self.cell())
            if self.next.is_("&"):
                self.step()
                continue
            rows.append(Node("row", start, self.end_of_last(), tuple(row)))
            row, start = [], self.next.end
            if self.next.kind == "row":
                self.step()
            if self.next.kind == "end":
                break
        closed = self.step()
        if closed.text != opened.text:
            raise self.wrong("an environment is not closed", "close it")
        kind = "cases" if opened.text == "cases" else "matrix"
        return Node(kind, opened.start, closed.end, tuple(rows))

    def cell(self) -> Node:
        """A cell; cases without words left are the rest."""
        if self.next.is_("dots", "vdots", "ddots"):
            token = self.step()
            return Node("dots", token.start, token.end)
        while self.next.kind == "text":
            self.step()
        if self.next.is_("&") or self.next.kind in {"row", "end"}:
            return Node("otherwise", self.next.start, self.next.start)
        self.cells += 1
        inner = self.relation()
        self.cells -= 1
        self.took(",")
        return inner

    def set(self) -> Node:
        """What stands right of ∈: an interval, ℝⁿ, a finite set."""
        token = self.next
        if token.is_("R") or (token.is_("mathbb")):
            return self.space()
        if token.is_("(", "["):
            self.step()
            low = self.sum()
            if self.took(","):
                high = self.sum()
                close = self.step()
                if not close.is_(")", "]"):
                    raise self.wrong("an interval is open", "close it")
                how = token.text + close.text
                return Node(
                    "interval", token.start, close.end, (low, high), how
                )
        if token.is_("{"):
            self.step()
            parts = self.inside("}")
            return Node("set", token.start, self.end_of_last(), parts)
        if token.kind == "letter" or token.is_(*GREEK, *FONTS):
            return self.variable()
        raise self.wrong(
            "this is not read as a set", r"write [a, b], \R^n or \{a, b\}"
        )

    def space(self) -> Node:
        r"""``\R^{n \times d}``."""
        start = self.step().start
        if self.took("{"):
            self.step()
            self.demand("}")
        if not self.took("^"):
            return Node("space", start, self.end_of_last())
        if not self.next.is_("{"):
            return Node("space", start, self.next.end, (self.lone(),))
        self.step()
        parts = [self.product()]
        while self.took("times"):
            parts.append(self.product())
        end = self.demand("}").end
        return Node("space", start, end, tuple(parts))

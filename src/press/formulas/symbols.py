"""Names, and what stands above, below and behind them."""

from press.formulas.cursor import Cursor
from press.formulas.tokens import FormulaError
from press.formulas.tree import ACCENTS, FONTS, GREEK, Node

BELOW = {"+": "plus", "-": "minus", "*": "star"}
"""What a sign below a symbol adds to its name."""


class Symbols(Cursor):
    """The reader of names and scripts."""

    def symbol(self) -> Node:
        """A name without its scripts."""
        start = self.next.start
        text = self.name()
        return Node("sym", start, self.end_of_last(), text=text)

    def name(self) -> str:
        """The name in code of a letter, with its accents."""
        token = self.step()
        if token.is_(*ACCENTS):
            braced = self.next.is_("{")
            if braced:
                self.step()
            inner = self.name()
            while braced and not self.next.is_("}"):
                inner += "_" + self.name() if self.took("_") else self.name()
            if braced:
                self.demand("}")
            return f"{inner}_{ACCENTS[token.text]}"
        if token.is_(*FONTS):
            if self.took("{"):
                inner = self.all_alike() or self.name()
                self.demand("}")
                return inner
            return self.name()
        if token.is_("{"):
            inner = self.name()
            self.demand("}")
            return inner
        if token.kind in {"letter", "name"}:
            return token.text
        if token.is_(*GREEK):
            return GREEK[token.text]
        raise FormulaError(
            f'"{token.text}" is no name', "write a letter", token.start,
            token.end,
        )  # fmt: skip

    def all_alike(self) -> str:
        r"""``\mathbf{1}`` is a vector of ones; '' if it is no number."""
        name = {"1": "ones", "0": "zeros"}.get(self.next.text, "")
        if self.next.kind == "number" and name:
            self.step()
        return name

    def scripts(self, base: Node) -> Node:
        """What stands below and above, from the inside out."""
        while True:
            if self.next.is_("_"):
                base = self.below(base)
            elif self.next.is_("'"):
                base = self.primes(base)
            elif self.next.is_("^"):
                base = self.above(base)
            elif self.next.is_("!"):
                end = self.step().end
                base = Node("function", base.start, end, (base,), "!")
            elif self.next.is_("(") and self.can_be_applied(base):
                base = self.apply(base)
            else:
                return base

    def below(self, base: Node) -> Node:
        """What has an index."""
        self.step()
        index = self.script()
        if index.kind == "name" and index.text in BELOW:
            text = BELOW[index.text]
            index = Node("name", index.start, index.end, text=text)
        if base.kind == "norm":
            return Node("norm", base.start, index.end, (*base.parts, index))
        if base.kind == "sym" and not base.parts:
            parts = index.parts if index.kind == "list" else (index,)
            return Node("sym", base.start, index.end, parts, base.text)
        parts = index.parts if index.kind == "list" else (index,)
        return Node("index", base.start, index.end, (base, *parts))

    def script(self) -> Node:
        """What follows ``_`` or ``^``: one token or a group."""
        if not self.next.is_("{"):
            return self.lone()
        start = self.step().start
        bars, self.bars = self.bars, 0
        parts = [self.slot()]
        while self.took(","):
            parts.append(self.slot())
        self.bars = bars
        end = self.demand("}").end
        if len(parts) == 1:
            inner = parts[0]
            if inner.kind == "list":
                return Node("list", start, end, inner.parts)
            return Node(inner.kind, start, end, inner.parts, inner.text)
        return Node("list", start, end, tuple(parts))

    def slot(self) -> Node:
        """One index: a value, a colon, or ``i:``."""
        start = self.next.start
        marked = self.mark()
        if marked is not None:
            return marked
        if self.next.is_(":"):
            whole = self.colon()
            if self.next.is_("}", ","):
                return whole
            inner = self.relation()
            return Node("list", start, inner.end, (whole, inner))
        inner = self.relation()
        if not self.next.is_(":"):
            return inner
        whole = self.colon()
        if self.next.is_("}", ","):
            return Node("list", start, whole.end, (inner, whole))
        last = self.relation()
        return Node("span", start, last.end, (inner, last))

    def colon(self) -> Node:
        """All of an axis."""
        token = self.step()
        return Node("all", token.start, token.end)

    def mark(self) -> Node | None:
        """A script that is no value: words, max, -T, a star."""
        start, text = self.next.start, self.next.text
        if self.next.is_("-") and self.ahead(1).is_("T"):
            self.step()
            return Node("name", start, self.step().end, text="-T")
        count = 0
        while self.ahead(count).is_("+", "-"):
            count += 1
        if count > 1 and self.ahead(count).is_("}"):
            said = "".join("pm"[self.step().text == "-"] for _ in range(count))
            return Node("name", start, self.end_of_last(), text=said)
        alone = self.ahead(1).is_("}")
        marks = ("max", "min", "T", "+", "-", "*", "star")
        if self.next.kind == "text" or (alone and self.next.is_(*marks)):
            return Node("name", start, self.step().end, text=text)
        return None

    def lone(self) -> Node:
        """One token as a script."""
        token = self.next
        if token.kind == "number":
            return self.digit()
        if token.is_("frac"):
            return self.frac()
        if token.is_("infty"):
            return self.infinity()
        marks = ("T", "+", "*", "star", "max", "min", "-")
        if token.kind == "name" or token.is_(*marks):
            self.step()
            return Node("name", token.start, token.end, text=token.text)
        return self.symbol()

    def digit(self) -> Node:
        """One digit, as TeX takes it: ``x^12`` is x¹2."""
        token = self.step()
        if len(token.text) > 1:
            raise FormulaError(
                f"only the {token.text[0]} is raised or lowered",
                "put braces around the number",
                token.start,
                token.end,
            )
        return Node("num", token.start, token.end, text=token.text)

    def primes(self, base: Node) -> Node:
        """What has primes."""
        count = 0
        while self.took("'"):
            count += 1
        if base.kind == "power":
            raise self.wrong("a prime on a power", "put parentheses")
        return Node(
            "prime", base.start, self.end_of_last(), (base,), str(count)
        )

    def above(self, base: Node) -> Node:
        """What is raised, turned or starred."""
        caret = self.step()
        sup = self.script()
        end = sup.end
        if sup.kind == "name":
            if sup.text in {"T", "-T"}:
                return Node("transpose", base.start, end, (base,), sup.text)
            if sup.text in {"*", "star"}:
                return self.starred(base, end)
            if sup.text == "+":
                return Node("plus", base.start, end, (base,))
        if base.kind == "power":
            raise FormulaError(
                "a power of a power", "put parentheses", caret.start, end
            )
        return Node("power", base.start, end, (base, sup))

    @staticmethod
    def starred(base: Node, end: int) -> Node:
        """The optimum: a star is part of a name."""
        if base.kind != "sym":
            return Node("star", base.start, end, (base,))
        return Node("sym", base.start, end, base.parts, base.text + "_star")

    @staticmethod
    def can_be_applied(base: Node) -> bool:
        """Whether a bracket behind it may hold its argument."""
        inner = base
        while inner.kind in {"prime", "transpose", "power"}:
            inner = inner.parts[0]
        return inner.kind == "sym" and base.kind in {"sym", "prime"}

    def apply(self, base: Node) -> Node:
        """A name and a bracket: a call or a product, as the name is."""
        start = self.step().start
        parts = self.inside(")")
        end = self.end_of_last()
        group = Node("group", start, end, parts)
        return self.scripts_of_call(base, group)

    def scripts_of_call(self, base: Node, group: Node) -> Node:
        """A call with what is written behind it."""
        hole = Node("hole", group.start, group.end)
        after = self.scripts(hole)
        return Node(
            "apply", base.start, max(after.end, group.end),
            (base, group, after),
        )  # fmt: skip

"""Functions, sums over something, means, integrals, derivatives."""

import re

from press.formulas.atoms import Atoms
from press.formulas.tokens import FormulaError, Token
from press.formulas.tree import Node, word
from press.formulas.words import BIG, FENCES, FUNCTIONS, MEANS, WHOLE


class Operators(Atoms):
    """The reader of what acts on something."""

    def function(self) -> Node:
        """A function by name, with a power and its argument."""
        token = self.step()
        name = "log" if token.text == "ln" else token.text
        power = ()
        if self.next.is_("^"):
            self.step()
            power = (self.script(),)
        if self.next.is_("'"):
            base = Node("sym", token.start, token.end, text=name)
            return self.scripts(base)
        argument = self.argument(token)
        node = Node(
            "function", token.start, argument.end, (argument, *power), name
        )
        return self.scripts(node)

    def argument(self, token: Token) -> Node:
        """What a function by name is taken of."""
        if self.next.is_("(", "[", "{"):
            first = self.atom()
            if self.next.is_("^") and self.ahead(1).is_("T"):
                return first
            if self.next.is_("^", "_"):
                raise self.wrong(
                    "the power is of the bracket or of the function",
                    rf"write \{token.text}^2(…), or brackets around all",
                )
            return first
        factors = [self.factor()]
        while self.begins_factor() and not self.next.is_(*FUNCTIONS):
            numeral = all(f.kind == "num" for f in factors)
            if not numeral and token.text not in WHOLE:
                if self.next.spaced:
                    break
                raise FormulaError(
                    rf"where does the argument of \{token.text} end?",
                    "put it in parentheses",
                    token.start,
                    self.next.end,
                )
            factors.append(self.factor())
        if len(factors) == 1:
            return factors[0]
        return Node(
            "product", factors[0].start, factors[-1].end, tuple(factors)
        )

    def named(self) -> Node:
        r"""``\operatorname{dist}(x)`` or an upright name."""
        token = self.step()
        name = "_".join(re.findall(r"\w+", token.text))
        if not name.isidentifier():
            raise FormulaError(
                f'"{token.text}" is no name', "write words or a letter",
                token.start, token.end,
            )  # fmt: skip
        return self.scripts(Node("sym", token.start, token.end, text=name))

    def mean(self) -> Node:
        """An expectation or a variance."""
        token = self.step()
        over: tuple[Node, ...] = ()
        if self.next.is_("_"):
            self.step()
            over = (self.script(),)
        if self.next.is_("[", "(", "{"):
            opened = self.step()
            close = FENCES[opened.text]
            inner = self.sum()
            end = self.demand(close).end
            body = Node("group", opened.start, end, (inner,))
        else:
            body = self.product()
        return Node("mean", token.start, body.end, (body, *over), token.text)

    def big(self) -> Node:
        """A sum, product, extreme or limit with what it runs over."""
        token = self.step()
        over: list[Node] = []
        while self.next.is_("_", "^"):
            below = self.next.is_("_")
            self.step()
            script = self.conditions() if below else self.script()
            kind = "below" if below else "upto"
            over.append(Node(kind, script.start, script.end, (script,)))
        if not over and token.text in {"min", "max"}:
            if self.next.is_("(", "{"):
                close = FENCES[self.step().text]
                parts = self.inside(close)
                return Node(
                    "extreme", token.start, self.end_of_last(), parts,
                    token.text,
                )  # fmt: skip
            raise self.wrong(
                rf"\{token.text} of what?", "write an index or parentheses"
            )
        if not over:
            raise self.wrong(
                rf"\{token.text} runs over nothing", "write its index below"
            )
        body = self.term()
        return Node("big", token.start, body.end, (body, *over), token.text)

    def conditions(self) -> Node:
        """What stands below: an index, a range, conditions."""
        if not self.next.is_("{"):
            return self.lone()
        start = self.step().start
        parts = [self.relation()]
        while self.took(",", ";"):
            parts.append(self.relation())
        end = self.demand("}").end
        if len(parts) == 1:
            inner = parts[0]
            return Node(inner.kind, start, end, inner.parts, inner.text)
        return Node("list", start, end, tuple(parts))

    def integral(self) -> Node:
        """An integral with bounds, up to its differential."""
        token = self.step()
        low = high = None
        while self.next.is_("_", "^"):
            if self.took("_"):
                low = self.script()
            else:
                self.step()
                high = self.script()
        if low is None or high is None:
            raise self.wrong("an integral without bounds", "write them")
        self.integrals += 1
        body = self.sum()
        self.integrals -= 1
        self.demand("dd")
        variable = self.symbol()
        return Node(
            "integral", token.start, variable.end,
            (body, low, high, variable),
        )  # fmt: skip

    def nabla(self) -> Node:
        """A gradient or a Hessian."""
        start = self.step().start
        over: tuple[Node, ...] = ()
        twice = ""
        while self.next.is_("_", "^"):
            if self.took("_"):
                over = (self.script(),)
            else:
                self.step()
                twice = word(self.script())
        if twice not in {"", "2"}:
            raise self.wrong("a power of ∇ that is not 2", r"write \nabla^2")
        target = self.target(bool(over))
        node = Node("nabla", start, target.end, (target, *over), twice or "1")
        return self.scripts(node)

    def target(self, indexed: bool) -> Node:  # noqa: FBT001
        """What ∇ acts on: a name with its arguments, or one factor.

        With an index, a product that begins with a number acts as a whole.
        """
        token = self.next
        if token.is_("nabla"):
            raise self.wrong("∇ of ∇", r"write \nabla^2")
        if (indexed and token.is_("frac", "sum", "prod")) or (
            indexed and token.kind == "number"
        ):
            return self.product()
        if token.is_(*BIG, *MEANS, *FUNCTIONS, "frac"):
            return self.factor()
        inner = self.atom()
        if inner.kind == "sym":
            return self.of_name(inner)
        if self.next.is_("^") and not self.ahead(1).is_("T"):
            raise self.wrong(
                "the power is of the gradient or of its argument",
                "put what ∇ acts on in parentheses",
            )
        return inner

    def of_name(self, base: Node) -> Node:
        """A name with its scripts and arguments."""
        while self.next.is_("_", "'"):
            base = self.below(base) if self.next.is_("_") else (
                self.primes(base)
            )  # fmt: skip
        if self.next.is_("^") and self.ahead(1).is_("*", "star"):
            base = self.above(base)
        if not self.next.is_("("):
            return base
        start = self.step().start
        group = Node("group", start, start, self.inside(")"))
        end = self.end_of_last()
        group = Node("group", start, end, group.parts)
        hole = Node("hole", start, end)
        return Node("apply", base.start, end, (base, group, hole))

    def frac(self) -> Node:
        """A fraction or a derivative."""
        start = self.step().start
        if self.is_derivative():
            return self.derivative(start)
        top, bottom = self.braced(), self.braced()
        node = Node("frac", start, bottom.end, (top, bottom))
        return self.scripts(node)

    def is_derivative(self) -> bool:
        """Whether a d or ∂ begins the numerator."""
        steps = 1 if self.next.is_("{") else 0
        return self.ahead(steps).is_("dd", "partial")

    def derivative(self, start: int) -> Node:
        """A derivative written as a fraction."""
        self.demand("{")
        sign = self.step()
        order = 1
        if self.took("^"):
            order = int(word(self.script()) or 0)
        target = None if self.next.is_("}") else self.product()
        self.demand("}")
        self.demand("{")
        over: list[Node] = []
        while self.took(sign.text):
            variable = self.variable()
            count = 1
            if self.took("^"):
                count = int(word(self.script()) or 0)
            over += count * [variable]
        end = self.demand("}").end
        if len(over) != order:
            raise FormulaError(
                f"a derivative of order {order} in {len(over)} variables",
                "count them again",
                start,
                end,
            )
        if target is None:
            target = self.product()
            return Node("d", start, target.end, (target, *over), "of all")
        node = Node("d", start, end, (target, *over), sign.text)
        return self.scripts(node)

    def differential(self) -> Node:
        r"""``\dd X`` is given, ``\dd(A X)`` is the change of A X."""
        start = self.step().start
        inner = (
            self.atom() if self.next.is_("(") else self.scripts(self.atom())
        )
        return Node("differential", start, inner.end, (inner,))

    def variable(self) -> Node:
        """What a derivative is taken by."""
        base = self.symbol()
        while self.next.is_("_", "'"):
            base = self.below(base) if self.next.is_("_") else (
                self.primes(base)
            )  # fmt: skip
        return base

r"""From LaTeX to a tree, by recursive descent over the tokens.

A display is *statements*: relations, parted by commas, wide gaps, line
ends and words. Within a statement, loosest first: ⇒ and ⇔, relations (in
chains), sums, explicit products, juxtaposition, signs and scripts.

========== ============================================================
kind       parts
========== ============================================================
given      statements; ``text`` of each piece says if it is a condition
relation   sides; ``text`` the operators between, separated by blanks
implies    two statements; ``text`` is ⇒ or ⇔
sum        terms; ``text`` their signs
product    factors side by side; a factor is a power, a transpose, …
times      two factors; ``text`` is cdot, times, odot, otimes, / or *
sym        a name; parts are its indices
apply      a name and its arguments, or a name times a bracket
big        ∑, ∏, min, max, …: body, then what it runs over
function   cos, tr, …: the argument, and a power
nabla, d   a derivative: target, then variables
========== ============================================================

What can be read in two ways is refused with advice, not guessed.
"""

from collections.abc import Callable, Sequence

from press.formulas.tokens import FormulaError, Token, tokens
from press.formulas.tree import ACCENTS, FONTS, GREEK, Node, word

RELATIONS = {
    *("=", "<", ">", "le", "ge", "ne", "approx", "succeq", "succ"),
    *("preceq", "prec", "in", "to", "equiv", "ll", "gg"),
}
ARROWS = {"Rightarrow", "Leftrightarrow"}
FUNCTIONS = {
    *("sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh"),
    *("tanh", "exp", "log", "ln", "sign", "tr", "det", "rank", "diag"),
    *("adj",),
}
WHOLE = {"tr", "det", "rank", "diag"}
"""Functions of a matrix: they take the whole product that follows."""
MEANS = {"E", "Var"}
BIG = {"sum", "prod", "min", "max", "argmin", "argmax", "lim", "sup", "inf"}
FENCES = {"(": ")", "[": "]", "{": "}", "lfloor": "rfloor", "lceil": "rceil"}
CONDITIONS = ("for", "if", "when", "where", "with", "at", "as", "provided")
LOGIC = ("or", "not", "only", "unless", "iff", "else", "except", "either")
OPERATORS = {"d", "dd", "partial"}


def read(latex: str, where: Sequence[str] = ()) -> Node:
    """The tree of a display.

    Args:
        latex: what stands between the dollars.
        where: fragments that are names; fragment i is ``where__i``.

    Raises:
        FormulaError: where it cannot be read, or only in two ways.
    """
    return _Reader(latex, where).display()


class _Reader:
    def __init__(self, latex: str, where: Sequence[str]) -> None:
        self.tokens = tokens(latex)
        for i, fragment in enumerate(where):
            self.tokens = _named(self.tokens, tokens(fragment), i)
        self.at = 0
        self.bars = 0
        self.cells = 0
        self.integrals = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def ahead(self, steps: int) -> Token:
        return self.tokens[min(self.at + steps, len(self.tokens) - 1)]

    def step(self) -> Token:
        token = self.next
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def took(self, *texts: str) -> bool:
        if self.next.is_(*texts):
            self.step()
            return True
        return False

    def demand(self, text: str) -> Token:
        if self.next.is_(text):
            return self.step()
        raise self.wrong(f'"{text}" is missing here', "close what is open")

    def wrong(self, what: str, fix: str) -> FormulaError:
        start = self.next.start
        return FormulaError(what, fix, start, max(self.next.end, start + 1))

    def end_of_last(self) -> int:
        return self.tokens[max(self.at - 1, 0)].end

    # statements

    def display(self) -> Node:
        pieces: list[Node] = []
        condition = False
        while self.next.kind != "stop":
            if self.separated() or self.aside():
                continue
            if self.next.kind == "text":
                condition = self.remark(condition)
                continue
            statement = self.statement()
            kind = "condition" if condition else "claim"
            pieces.append(
                Node(
                    "piece", statement.start, statement.end, (statement,), kind
                )
            )
        end = self.next.end
        return Node("given", 0, end, tuple(pieces))

    def separated(self) -> bool:
        token = self.next
        if token.kind in {"row", "gap"} or token.is_(",", ";", ".", "&", ":"):
            self.step()
            return True
        if token.kind in {"begin", "end"} and token.text in {
            "aligned", "gathered", "array", "split",
        }:  # fmt: skip
            self.step()
            return True
        return False

    def aside(self) -> bool:
        """Skip a remark in parentheses behind a formula."""
        if not self.next.is_("(") or not self.at:
            return False
        depth, steps, words = 0, 0, False
        while self.ahead(steps).kind != "stop":
            token = self.ahead(steps)
            depth += token.is_("(") - token.is_(")")
            words |= token.kind == "text" or token.is_("to", "dots")
            steps += 1
            if not depth:
                break
        after = self.ahead(steps)
        ends = after.kind in {"stop", "row", "gap", "end"}
        if not words or not (ends or after.is_(",", ".", ";")):
            return False
        self.at += steps
        return True

    def remark(self, condition: bool) -> bool:  # noqa: FBT001
        token = self.step()
        words = token.text.lower().replace(",", " ").split()
        for w in words:
            if w in LOGIC:
                raise FormulaError(
                    f'"{w}" between formulas is not read',
                    "say it in the sentence around the display",
                    token.start,
                    token.end,
                )
        if words and words[0] in CONDITIONS:
            return True
        return condition and words[:1] in (["and"], [])

    def statement(self) -> Node:
        left = self.relation()
        if self.next.is_(*ARROWS):
            how = self.step().text
            while self.next.kind in {"gap", "row"} or self.next.is_("&"):
                self.step()
            right = self.relation()
            return Node("implies", left.start, right.end, (left, right), how)
        return left

    def relation(self) -> Node:
        sides = [self.sum()]
        how: list[str] = []
        while True:
            self.aligned()
            if not self.next.is_(*RELATIONS):
                break
            how.append(self.step().text)
            self.aligned()
            sides.append(self.set() if how[-1] == "in" else self.sum())
        if not how:
            return sides[0]
        return Node(
            "relation", sides[0].start, sides[-1].end, tuple(sides),
            " ".join(how),
        )  # fmt: skip

    def aligned(self) -> None:
        """Skip an alignment mark, and a line end before a relation."""
        while not self.cells and (
            self.next.is_("&")
            or (self.next.kind in {"row", "gap"} and self.continues(1))
        ):
            self.step()

    def continues(self, steps: int) -> bool:
        """Whether what follows goes on with a relation or a sign."""
        while self.ahead(steps).is_("&") or self.ahead(steps).kind == "gap":
            steps += 1
        follows = self.ahead(steps)
        return follows.is_(*RELATIONS, *ARROWS) or (
            self.next.kind == "row" and follows.is_("+", "-")
        )

    # sums and products

    def sum(self) -> Node:
        start = self.next.start
        signs, terms = "", []
        sign = self.step().text if self.next.is_("+", "-") else "+"
        while True:
            signs += sign
            terms.append(
                Node("dots", self.next.start, self.step().end)
                if self.next.is_("dots")
                else self.term()
            )
            while not self.cells and (
                self.next.is_("&")
                or (self.next.kind == "row" and self.continues(1))
            ):
                if self.continues(0) and self.ahead(1).is_(*RELATIONS):
                    break
                self.step()
            if not self.next.is_("+", "-"):
                break
            sign = self.step().text
        if signs == "+":
            return terms[0]
        return Node("sum", start, self.end_of_last(), tuple(terms), signs)

    def term(self) -> Node:
        left = self.product()
        while self.next.is_("cdot", "times", "odot", "otimes", "/", "*"):
            how = self.step()
            if self.next.is_("dots"):
                left = self.row_of_factors(left, how.text)
                continue
            right = self.product()
            if how.text == "/" and (
                right.kind == "product" or left.text == "/"
            ):
                raise FormulaError(
                    "a / b c is read in two ways",
                    r"write \frac, or put parentheses",
                    left.start,
                    right.end,
                )
            left = Node(
                "times", left.start, right.end, (left, right), how.text
            )
        return left

    def row_of_factors(self, left: Node, how: str) -> Node:
        self.step()
        self.demand(how)
        last = self.product()
        return Node("run", left.start, last.end, (left, last), how)

    def product(self) -> Node:
        factors = [self.factor()]
        while self.begins_factor():
            if self.next.is_("dots"):
                self.step()
                last = self.factor()
                factors[-1] = Node(
                    "run", factors[-1].start, last.end,
                    (factors[-1], last), "cdot",
                )  # fmt: skip
            else:
                factors.append(self.factor())
        if len(factors) == 1:
            return factors[0]
        return Node(
            "product", factors[0].start, factors[-1].end, tuple(factors)
        )

    def begins_factor(self) -> bool:
        token = self.next
        if token.kind in {"number", "letter", "name"}:
            return True
        if token.kind == "begin":
            return token.text not in {"aligned", "gathered", "array"}
        if token.is_("|"):
            return self.bars == 0
        if token.is_("dd"):
            return self.integrals == 0
        return token.is_(
            *GREEK, *ACCENTS, *FONTS, *FUNCTIONS, *MEANS, *BIG, *FENCES,
            "frac", "binom", "sqrt", "norm", "abs", "inner", "nabla",
            "partial", "dd", "Vert", "int", "infty", "dots", "R", "langle", "bigO",
            "mathbb", "underbrace",
        ) and not (token.is_("Vert") and self.bars)  # fmt: skip

    # factors

    def factor(self) -> Node:
        token = self.next
        if token.is_("nabla"):
            return self.nabla()
        if token.is_("dd"):
            return self.differential()
        if token.is_("frac"):
            return self.frac()
        if token.is_(*MEANS):
            return self.mean()
        if token.is_("int"):
            return self.integral()
        if token.is_(*BIG):
            return self.big()
        if token.is_(*FUNCTIONS):
            return self.function()
        if token.kind == "name":
            return self.named()
        if token.is_("-"):
            self.step()
            inner = self.factor()
            return Node("sum", token.start, inner.end, (inner,), "-")
        return self.scripts(self.atom())

    def atom(self) -> Node:
        token = self.next
        reader = self.atoms().get(token.text)
        if token.kind == "number":
            self.step()
            return Node("num", token.start, token.end, text=token.text)
        if token.kind == "begin":
            return self.table()
        if token.kind in {"command", "sign"} and reader:
            return reader()
        if token.kind == "letter" or token.is_(*GREEK, *ACCENTS, *FONTS):
            return self.symbol()
        said = "the formula ends" if token.kind == "stop" else (
            f'"{token.text}" is not read'
        )  # fmt: skip
        raise self.wrong(f"{said} here", "write a value, or say it in words")

    def atoms(self) -> dict[str, Callable[[], Node]]:
        return {
            "(": self.bracket, "[": self.bracket, "{": self.bracket,
            "lfloor": self.bracket, "lceil": self.bracket, "|": self.bar,
            "Vert": self.double_bar, "norm": self.norm, "abs": self.absolute,
            "inner": self.inner, "sqrt": self.root, "binom": self.binomial,
            "infty": self.infinity, "bigO": self.order,
            "underbrace": self.braced_below,
        }  # fmt: skip

    def symbol(self) -> Node:
        start = self.next.start
        text = self.name()
        return Node("sym", start, self.end_of_last(), text=text)

    def name(self) -> str:
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
                inner = self.name()
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
        self.step()
        index = self.script()
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
        if self.next.is_(":"):
            colon = self.step()
            whole = Node("all", colon.start, colon.end)
            if self.next.is_("}", ","):
                return whole
            inner = self.relation()
            return Node("list", start, inner.end, (whole, inner))
        if self.next.is_("max", "min", "T", "+", "*", "star") and (
            self.ahead(1).is_("}")
        ):
            token = self.step()
            return Node("name", token.start, token.end, text=token.text)
        if self.next.kind == "text":
            token = self.step()
            return Node("name", token.start, token.end, text=token.text)
        if self.next.is_("-") and self.ahead(1).is_("T"):
            self.step()
            return Node("name", start, self.step().end, text="-T")
        inner = self.relation()
        if self.next.is_(":"):
            colon = self.step()
            whole = Node("all", colon.start, colon.end)
            if not self.next.is_("}", ","):
                last = self.relation()
                return Node("span", start, last.end, (inner, last))
            return Node("list", start, colon.end, (inner, whole))
        return inner

    def lone(self) -> Node:
        token = self.next
        if token.is_("T", "+", "*", "star", "max", "min", "-"):
            self.step()
            return Node("name", token.start, token.end, text=token.text)
        if token.kind == "number":
            return self.digit()
        if token.is_("frac"):
            return self.frac()
        if token.is_("infty"):
            return self.infinity()
        if token.kind == "name":
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
        count = 0
        while self.took("'"):
            count += 1
        if base.kind == "power":
            raise self.wrong("a prime on a power", "put parentheses")
        return Node(
            "prime", base.start, self.end_of_last(), (base,), str(count)
        )

    def above(self, base: Node) -> Node:
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
        if base.kind != "sym":
            return Node("star", base.start, end, (base,))
        return Node("sym", base.start, end, base.parts, base.text + "_star")

    # brackets

    @staticmethod
    def can_be_applied(base: Node) -> bool:
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
        hole = Node("hole", group.start, group.end)
        after = self.scripts(hole)
        return Node(
            "apply", base.start, max(after.end, group.end),
            (base, group, after),
        )  # fmt: skip

    def inside(self, close: str) -> tuple[Node, ...]:
        bars, self.bars = self.bars, 0
        parts = [self.relation()]
        while self.took(",", ";"):
            parts.append(self.relation())
        self.demand(close)
        self.bars = bars
        return tuple(parts)

    def bracket(self) -> Node:
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
        start = self.step().start
        self.bars += 1
        inner = self.sum()
        self.bars -= 1
        return Node("abs", start, self.demand("|").end, (inner,))

    def double_bar(self) -> Node:
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
        start = self.step().start
        inner = self.braced()
        return Node("norm", start, inner.end, (inner,))

    def absolute(self) -> Node:
        start = self.step().start
        inner = self.braced()
        return Node("abs", start, inner.end, (inner,))

    def inner(self) -> Node:
        start = self.step().start
        left, right = self.braced(), self.braced()
        return Node("inner", start, right.end, (left, right))

    def root(self) -> Node:
        start = self.step().start
        if self.next.is_("["):
            raise self.wrong("a root with an index", "write a power 1/n")
        inner = self.braced()
        return Node("root", start, inner.end, (inner,))

    def binomial(self) -> Node:
        start = self.step().start
        left, right = self.braced(), self.braced()
        return Node("binomial", start, right.end, (left, right))

    def infinity(self) -> Node:
        token = self.step()
        return Node("num", token.start, token.end, text="inf")

    def order(self) -> Node:
        start = self.step().start
        inner = self.braced()
        return Node("order", start, inner.end, (inner,))

    def braced_below(self) -> Node:
        self.step()
        inner = self.braced()
        if self.took("_"):
            self.script()
        return inner

    def table(self) -> Node:
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
        if self.next.is_("dots", "vdots", "ddots"):
            token = self.step()
            return Node("dots", token.start, token.end)
        while self.next.kind == "text":
            self.step()
        if self.next.is_("&") or self.next.kind in {"row", "end"}:
            return Node("otherwise", self.next.start, self.next.start)
        self.cells += 1  # & and a new row end it
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
        raise self.wrong(
            "this is not read as a set", r"write [a, b], \R^n or \{a, b\}"
        )

    def space(self) -> Node:
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

    # functions, sums over something, derivatives

    def function(self) -> Node:
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
        base = Node("sym", token.start, token.end, text=token.text)
        return self.scripts(base)

    def mean(self) -> Node:
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
        token = self.step()
        over: list[Node] = []
        while self.next.is_("_", "^"):
            below = self.next.is_("_")
            self.step()
            script = self.conditions() if below else self.script()
            over.append(
                Node(
                    "below" if below else "upto",
                    script.start,
                    script.end,
                    (script,),
                )  # fmt: skip
            )
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
        if (
            indexed
            and token.is_("frac", "sum", "prod")
            or (indexed and token.kind == "number")
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
        start = self.step().start
        if self.is_derivative():
            return self.derivative(start)
        top, bottom = self.braced(), self.braced()
        node = Node("frac", start, bottom.end, (top, bottom))
        return self.scripts(node)

    def is_derivative(self) -> bool:
        steps = 1 if self.next.is_("{") else 0
        return self.ahead(steps).is_("dd", "partial")

    def derivative(self, start: int) -> Node:
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
        base = self.symbol()
        while self.next.is_("_", "'"):
            base = self.below(base) if self.next.is_("_") else (
                self.primes(base)
            )  # fmt: skip
        return base


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

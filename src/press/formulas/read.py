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

from press.formulas.operators import Operators
from press.formulas.tokens import FormulaError
from press.formulas.tree import ACCENTS, FONTS, GREEK, Node
from press.formulas.words import (
    ARROWS,
    BIG,
    CONDITIONS,
    FENCES,
    FUNCTIONS,
    LOGIC,
    MEANS,
    RELATIONS,
    SIGNS,
)  # fmt: skip


def read(latex: str, where: Sequence[str] = ()) -> Node:
    """The tree of a display.

    Args:
        latex: what stands between the dollars.
        where: fragments that are names; fragment i is ``where__i``.

    Raises:
        FormulaError: where it cannot be read, or only in two ways.
    """
    return _Reader(latex, where).display()


class _Reader(Operators):
    """The reader of statements, sums and products."""

    def display(self) -> Node:
        pieces: list[Node] = []
        condition = False
        while self.next.kind != "stop":
            condition = condition and self.next.kind != "row"
            if self.separated() or self.aside():
                continue
            if self.next.kind == "text" and not self.is_name():
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

    def is_name(self) -> bool:
        r"""Whether words are a name, as in ``\text{FLOPs} = 2 n``."""
        after = self.ahead(1)
        close = not self.latex[: self.next.end - 1].endswith(" ")
        return after.is_(*RELATIONS, "_", "^") or (close and after.is_("("))

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
            self.next.kind == "row" and follows.is_(*SIGNS)
        )

    def sum(self) -> Node:
        start = self.next.start
        signs, terms = "", []
        sign = SIGNS[self.step().text] if self.next.is_(*SIGNS) else "+"
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
            if not self.next.is_(*SIGNS):
                break
            sign = SIGNS[self.step().text]
        if signs == "+":
            return terms[0]
        return Node("sum", start, self.end_of_last(), tuple(terms), signs)

    def term(self) -> Node:
        left = self.product()
        self.refuse_operator()
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
            self.refuse_operator()
        return left

    def refuse_operator(self) -> None:
        """Say what to write for a sign between values that is not read."""
        if self.next.is_("circ"):
            raise self.wrong("∘ is not read", "write f(g(x))")
        if self.next.is_("star", "bullet"):
            raise self.wrong(
                "this product is not read", "name the whole with where:"
            )

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
            "partial", "dd", "Vert", "int", "infty", "dots", "R", "langle",
            "bigO", "mathbb", "underbrace",
        ) and not (token.is_("Vert") and self.bars)  # fmt: skip

    def factor(self) -> Node:
        token = self.next
        if token.kind == "name":
            return self.named()
        reader = self.leaders().get(token.text)
        if token.kind in {"command", "sign"} and reader:
            return reader()
        return self.scripts(self.atom())

    def leaders(self) -> dict[str, Callable[[], Node]]:
        """The readers of factors that begin with an operator."""
        return {
            **dict.fromkeys(MEANS, self.mean),
            **dict.fromkeys(BIG, self.big),
            **dict.fromkeys(FUNCTIONS, self.function),
            "nabla": self.nabla, "dd": self.differential,
            "frac": self.frac, "int": self.integral, "-": self.minus,
        }  # fmt: skip

    def minus(self) -> Node:
        """A sign before a factor, as in a · −b."""
        start = self.step().start
        inner = self.factor()
        return Node("sum", start, inner.end, (inner,), "-")

"""A display as it is evaluated: claims, conditions, definitions."""

import itertools
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from press.formulas.evaluate import Evaluator, Expression
from press.formulas.names import Names
from press.formulas.read import read
from press.formulas.relations import Outcome, outcome
from press.formulas.settings import CheckError, Settings
from press.formulas.tokens import FormulaError
from press.formulas.tree import Node

Kinds = dict[tuple[int, int], tuple[object, ...]]


class Formula:
    """A display as it is evaluated.

    Attributes:
        latex: what it was read from.
        chosen: the settings of its check.
        tree: what it was read as.
        pieces: its statements, each a claim or a condition.
        implies: whether one of them has a premise.
        premises: whether the premise held, at the draws so far.
    """

    def __init__(self, latex: str, chosen: Settings) -> None:
        self.latex = latex
        self.chosen = chosen
        try:
            self.tree = read(latex, tuple(chosen.where))
        except FormulaError as error:
            raise _of(error) from None
        self.premises: set[bool] = set()
        pieces = [(p.parts[0], p.text) for p in self.tree.parts]
        self.pieces = [
            (node, kind) for node, kind in pieces if not is_remark(node)
        ]
        self.implies = any(n.kind == "implies" for n, _ in self.pieces)
        if not any(kind == "claim" for _, kind in self.pieces):
            raise CheckError(
                "nothing that could be wrong was read", "write a relation",
                0, len(latex),
            )  # fmt: skip

    def tautologies(self) -> int:
        """How often a relation says the same on both sides."""
        return sum(
            a.same(b)
            for piece, _ in self.pieces
            for node in piece.walk()
            if node.kind == "relation"
            for a, b in itertools.pairwise(node.parts)
        )

    def outcome(
        self, names: Mapping[str, Any], kinds: Kinds | None = None,
        most: float = math.inf,
    ) -> Outcome:  # fmt: skip
        """The piece that does not hold at one draw, or how all hold.

        Args:
            names: the draw.
            kinds: where to note the kind of each part.
            most: no value counts as larger than this for the tolerance.

        Raises:
            CheckError: where something has no value.
        """
        at = self.evaluator(names)
        at.kinds = kinds
        at.most = most
        return self.caught(lambda: self._judged(at))

    def evaluator(self, names: Mapping[str, Any]) -> Evaluator:
        """What gives values to its parts at one draw."""
        at = Evaluator(names, self.chosen.over)
        for i, expression in enumerate(self.chosen.where.values()):
            at.names[f"where__{i}"] = Expression(expression)
        return at

    def caught(self, judged: Callable[[], Outcome]) -> Outcome:
        """An outcome, with every way to have none as one error.

        Raises:
            CheckError: where something has no value.
        """
        try:
            with np.errstate(all="ignore"):  # what comes out is looked at
                return judged()
        except FormulaError as error:
            raise _of(error) from None
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise CheckError(
                f"{type(error).__name__}: {error}",
                "look at the values of the draw", 0, len(self.latex),
            ) from None  # fmt: skip

    def _judged(self, at: Evaluator) -> Outcome:
        waiting = sorted(self.defined(at), key=lambda w: w[1] == "claim")
        slacks: tuple[float, ...] = ()
        size = 0.0
        for node, kind in waiting:
            found = outcome(at, node, self.chosen.rtol, self.chosen.atol)
            if found.premise is not None:
                self.premises.add(found.premise)
            if not found.holds:
                return found.of(kind)
            slacks += found.slacks
            size = max(size, found.size)
        if not waiting:
            raise FormulaError(
                "nothing was compared: every piece only defines a name",
                "give what the left side is", 0, len(self.latex),
            )  # fmt: skip
        return Outcome(
            holds=True, said="", node=self.tree, slacks=slacks, size=size
        )

    def defined(self, at: Evaluator) -> list[tuple[Node, str]]:
        """Bind what a piece defines for the others; the pieces left."""
        left = []
        for node, kind in self.pieces:
            if _defines(node, at) and self._is_used(node):
                at.names[_named(node.parts[0])] = _Later(node.parts[1])
            else:
                left.append((node, kind))
        return left

    def _is_used(self, node: Node) -> bool:
        """Whether another piece has this symbol, and not as its index."""
        name = _named(node.parts[0])
        return any(
            name in _free(other)
            for other, _ in self.pieces
            if other is not node
        )


class _Later(Expression):
    """A name that another piece of the display defines."""

    def __init__(self, node: Node) -> None:
        super().__init__("")
        object.__setattr__(self, "node", node)

    def value(self, at: Names) -> Any:
        """Its value with the names as they are now."""
        node: Node = self.node  # type: ignore[attr-defined]
        own = next(n for n, v in at.names.items() if v is self)
        if own in at.open:
            raise FormulaError(
                f"{own} is defined by itself", f"give {own} in the check",
                node.start, node.end,
            )  # fmt: skip
        at.open.append(own)
        try:
            return at.value(node)
        finally:
            at.open.pop()


def _defines(node: Node, at: Names) -> bool:
    if node.kind != "relation" or node.text != "=":
        return False
    left = node.parts[0]
    return (
        left.kind == "sym"
        and bool(_named(left))
        and not at.find(_named(left))
        and not at.name_of(left)
        and left.text not in at.names
    )


def _free(node: Node) -> set[str]:
    """The symbols below a node that no sum or extreme in it lets run."""
    found = {_named(node)} if node.kind == "sym" else set()
    for part in node.parts:
        found |= _free(part)
    if node.kind == "big":
        for part in node.parts[1:]:
            if part.kind == "below":
                symbols = (n for n in part.walk() if n.kind == "sym")
                found -= {_named(n) for n in itertools.islice(symbols, 1)}
    return found


def _named(symbol: Node) -> str:
    """The usual name of a symbol, '' if its index is no name."""
    return symbol.spellings[0] if symbol.spellings else ""


def is_remark(node: Node) -> bool:
    """δ → 0, or a symbol alone, as in "for A"."""
    if node.kind == "relation":
        return node.text == "to" and node.parts[0].kind == "sym"
    return node.kind in {"sym", "name"}


def _of(error: FormulaError) -> CheckError:
    return CheckError(error.what, error.fix, error.start, error.end)

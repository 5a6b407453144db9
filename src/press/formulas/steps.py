r"""The steps of a derivation at the draws of a check near it.

A display between the claims is no claim of its own: it may use symbols
that nothing draws. Each ``=`` or ``≤`` in it, also within a chain, is a
step, tried by itself. It is held if it is true at every draw that meets
the conditions of the display, false if it is not at one of them, and else
untried: not read, without a value, or a definition for the other steps.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from press.formulas.check import first_draws
from press.formulas.display import Formula, is_remark
from press.formulas.evaluate import Evaluator
from press.formulas.read import read
from press.formulas.relations import Outcome, outcome
from press.formulas.settings import CheckError, settings_of
from press.formulas.tokens import FormulaError, tokens
from press.formulas.tree import Node
from press.formulas.words import ARROWS, RELATIONS

DRAWS = 5
Place = tuple[int, int]


@dataclass(frozen=True)
class Step:
    """One relation of a display, and what came of it.

    Attributes:
        start: where it begins in the LaTeX.
        end: where it ends.
        right: where its right side begins, the line that is new in it.
        went: held, false or untried.
        said: both sides where it is false, or why it is not tried.
        draw: the first draw at which it is false.
    """

    start: int
    end: int
    right: int = 0
    went: str = "untried"
    said: str = ""
    draw: int = 0


def steps(
    latex: str, namespace: Mapping[str, Any], draws: int = DRAWS
) -> list[Step]:
    """Try each relation of a display at the first draws of a check.

    Args:
        latex: what stands between the dollars.
        namespace: what the program of the check left behind.
        draws: how many of its draws are taken at most.

    Raises:
        CheckError: if the check itself is wrong, never for the display.
    """
    chosen = settings_of(namespace)
    drawn = first_draws(namespace, draws)
    try:
        formula = Formula(latex, chosen)
    except CheckError as error:
        count = relations(latex)
        return [Step(0, len(latex), said=error.what)] * count
    seen = [_at(formula, names) for names in drawn]
    claims = [node for node, kind in formula.pieces if kind == "claim"]
    return [
        _step(link, [one[link.start, link.end] for one in seen])
        for node in claims
        for link in _links(node)
    ]


def relations(latex: str) -> int:
    """How many steps a display has, read or not."""
    try:
        pieces = [(p.parts[0], p.text) for p in read(latex).parts]
    except FormulaError:
        return _signs(latex)
    return sum(
        len(_links(node))
        for node, kind in pieces
        if kind == "claim" and not is_remark(node)
    )


def _signs(latex: str) -> int:
    """Relations outside of braces, where a sum has its bounds."""
    depth = count = 0
    for token in tokens(latex):
        depth += token.is_("{") - token.is_("}")
        count += depth == 0 and token.is_(*RELATIONS, *ARROWS)
    return count


def _links(node: Node) -> list[Node]:
    """The relations of a chain, each by itself."""
    if node.kind == "implies":
        return [node]
    if node.kind != "relation":
        return []
    sides = zip(node.parts, node.text.split(), node.parts[1:], strict=False)
    return [
        Node("relation", left.start, right.end, (left, right), how)
        for left, how, right in sides
    ]


def _at(
    formula: Formula, names: Mapping[str, Any]
) -> dict[Place, Outcome | str]:
    """How each step goes at one draw, or why it does not.

    It is '' for a draw that the display is not about.
    """
    at = formula.evaluator(names)
    waiting = formula.defined(at)
    met = _conditions(formula, at)
    found: dict[Place, Outcome | str] = {}
    for node, kind in formula.pieces:
        defines = all(node is not other for other, _ in waiting)
        for link in _links(node) if kind == "claim" else []:
            went: Outcome | str = "it defines a symbol of the others"
            if not defines:
                went = _tried(formula, at, link) if met is True else met
            found[link.start, link.end] = went
    return found


def _conditions(formula: Formula, at: Evaluator) -> Any:
    """True where a draw meets them, '' where not, or what is wrong."""
    for node, kind in formula.pieces:
        if kind == "condition":
            found = _tried(formula, at, node)
            if isinstance(found, str):
                return found
            if not found.holds:
                return ""
    return True


def _tried(formula: Formula, at: Evaluator, node: Node) -> Outcome | str:
    chosen = formula.chosen
    try:
        found = formula.caught(
            lambda: outcome(at, node, chosen.rtol, chosen.atol)
        )
    except CheckError as error:
        return error.what
    return "" if found.premise is False else found


def _step(link: Node, seen: list[Outcome | str]) -> Step:
    """What came of a step, of what it did at each draw."""
    place = (link.start, link.end, link.parts[-1].start)
    wrong = ((n, o) for n, o in _outcomes(seen) if not o.holds)
    for number, found in wrong:
        return Step(*place, "false", found.said, number)
    for why in seen:
        if isinstance(why, str) and why:
            return Step(*place, said=why)
    if not any(_outcomes(seen)):
        return Step(*place, said="no draw meets its conditions")
    return Step(*place, "held")


def _outcomes(
    seen: list[Outcome | str],
) -> Iterator[tuple[int, Outcome]]:
    for number, found in enumerate(seen):
        if isinstance(found, Outcome):
            yield number, found

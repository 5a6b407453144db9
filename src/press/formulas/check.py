"""A formula against draws: it holds, and its misprints do not.

A check is a namespace, made by a program on the page. ``draw(rng)`` in it
gives the values of the symbols, a new set for every seed; without it the
namespace itself is the one draw. Further names in it are settings:

======== ==============================================================
name     meaning
======== ==============================================================
draws    how many draws, 100 if it is not said
where    fragments of LaTeX and the Python expressions they stand for
over     the names whose first axis is a sample, for E and Var
rtol     relative tolerance, with ``because``
atol     absolute tolerance, with ``because``
because  why a tolerance is what it is
reached  how near to equality an inequality comes at some draw
weaker   why a bound that is only weaker passes for it
equal    mistakes that mathematics cannot tell from the formula, and why
======== ==============================================================
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from press.formulas.evaluate import Evaluator, Expression
from press.formulas.mistakes import Mistake, mistakes
from press.formulas.read import read
from press.formulas.relations import Outcome, outcome
from press.formulas.tokens import FormulaError
from press.formulas.tree import Node, spelled, word

SETTINGS = {
    "draws": int, "where": dict, "over": (str, tuple, list), "rtol": float,
    "atol": (float, int), "because": str, "reached": (float, int),
    "weaker": str, "equal": dict, "draw": object,
}  # fmt: skip
DRAWS = 100
ATTAINED = 1e-6


class CheckError(Exception):
    """A check that cannot be made, or a formula that does not hold.

    Attributes:
        what: what is wrong.
        fix: what to do.
        start: where in the LaTeX, or -1 if it is about the check.
        end: where it ends.
    """

    def __init__(
        self, what: str, fix: str, start: int = -1, end: int = -1
    ) -> None:
        super().__init__(f"{what}; {fix}")
        self.what = what
        self.fix = fix
        self.start = start
        self.end = end


@dataclass(frozen=True)
class Settings:
    """What a check says besides its draws."""

    draws: int = DRAWS
    where: Mapping[str, str] = field(default_factory=dict)
    over: tuple[str, ...] = ()
    rtol: float | None = None
    atol: float = 0.0
    because: str = ""
    reached: float | None = None
    weaker: str = ""
    equal: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What came of a check.

    Attributes:
        draws: at how many draws the formula was evaluated and held.
        mistakes: how many one-symbol mistakes were tried.
        refused: how many of them do not hold.
        equal: mistakes that hold by mathematics, each with the reason.
        survivors: mistakes that hold without a reason.
        attained: whether an inequality is an equality at some draw.
    """

    draws: int
    mistakes: int
    refused: int
    equal: tuple[tuple[str, str], ...]
    survivors: tuple[Mistake, ...]
    attained: bool

    def __str__(self) -> str:
        draws = "1 draw" if self.draws == 1 else f"{self.draws} draws"
        text = (
            f"read from the formula, holds at {draws}; {self.refused} of "
            f"{self.mistakes} one-symbol mistakes refused"
        )
        if self.equal:
            text += f", {len(self.equal)} equal by mathematics"
        return text


def settings_of(namespace: Mapping[str, Any]) -> Settings:
    """The settings among the names of a check.

    Raises:
        CheckError: if one is of the wrong kind, or a tolerance has no
            reason.
    """
    found: dict[str, Any] = {}
    for name, kind in SETTINGS.items():
        if name not in namespace or name == "draw":
            continue
        value = namespace[name]
        if not isinstance(value, kind):  # type: ignore[arg-type]
            raise CheckError(
                f"{name} is {value!r}", "see press.formulas.check"
            )
        found[name] = value
    if isinstance(found.get("over"), str):
        found["over"] = found["over"].split()
    found["over"] = tuple(found.get("over", ()))
    if ("rtol" in found or "atol" in found) and not found.get("because"):
        raise CheckError(
            "a tolerance without a reason", 'say why with because = "…"'
        )
    if found.get("rtol", 0) >= 1:
        raise CheckError("an rtol of 1 or more", "it compares nothing")
    return Settings(**found)


def check(latex: str, namespace: Mapping[str, Any]) -> Verdict:
    """Evaluate a display at the draws of a check, and its misprints.

    Args:
        latex: what stands between the dollars.
        namespace: what the program of the check left behind.

    Returns:
        The verdict; survivors are in it.

    Raises:
        CheckError: if the formula is not read, has no value, does not
            hold, or the check cannot fail.
    """
    chosen = settings_of(namespace)
    formula = _Formula(latex, chosen)
    draws = [*_draws(namespace, chosen)]
    kinds: dict[tuple[int, int], tuple[object, ...]] = {}
    slacks: list[float] = []
    for number, names in enumerate(draws):
        found = formula.holds(names, kinds)
        if not found.holds:
            raise _refused(found, number, len(draws), formula, names)
        slacks = _least(slacks, found.slacks)
    if formula.implies and True not in formula.premises:
        raise CheckError(
            "the premise holds at no draw", "draw values that meet it"
        )
    far = max(slacks, default=0.0)
    if chosen.reached is not None and far > chosen.reached:
        raise CheckError(
            f"a bound is reached to {far:.3g} at best, not to "
            f"{chosen.reached:g}",
            "draw nearer to equality, or claim less",
        )
    return _tried(formula, draws, kinds, slacks)


def _least(slacks: list[float], more: Sequence[float]) -> list[float]:
    if not slacks:
        return list(more)
    return [min(pair) for pair in zip(slacks, more, strict=True)]


def _tried(
    formula: "_Formula", draws: list[dict[str, Any]],
    kinds: dict[tuple[int, int], tuple[object, ...]],
    slacks: list[float],
) -> Verdict:  # fmt: skip
    chosen = formula.chosen
    tried = mistakes(formula.latex, formula.tree, kinds)
    passing = [m for m in tried if _passes(m, chosen, draws, slacks)]
    if tried and len(passing) == len(tried):
        raise CheckError(
            "a check that cannot fail: every mistake passes",
            "draw values that tell the symbols apart",
            0,
            len(formula.latex),
        )
    survivors, equal = [], []
    for mistake in passing:
        if mistake.what in chosen.equal:
            equal.append((mistake.what, chosen.equal[mistake.what]))
        elif chosen.weaker and _is_weaker(mistake, formula, draws):
            equal.append((mistake.what, chosen.weaker))
        else:
            survivors.append(mistake)
    return Verdict(
        len(draws), len(tried), len(tried) - len(passing), tuple(equal),
        tuple(survivors), bool(slacks) and max(slacks) <= ATTAINED,
    )  # fmt: skip


def _draws(namespace: Mapping[str, Any], chosen: Settings) -> Any:
    given = {
        k: v
        for k, v in namespace.items()
        if k not in SETTINGS and not k.startswith("__")
    }
    draw = namespace.get("draw")
    if draw is None:
        yield given
        return
    for seed in range(chosen.draws):
        names = draw(np.random.default_rng(seed))
        if not isinstance(names, Mapping):
            raise CheckError(
                f"draw returns {type(names).__name__}",
                "return a dict of names, as locals() is",
            )
        yield {**given, **names}


class _Formula:
    """A display as it is evaluated: claims, conditions, definitions."""

    def __init__(self, latex: str, chosen: Settings) -> None:
        self.latex = latex
        self.chosen = chosen
        try:
            self.tree = read(latex, tuple(chosen.where))
        except FormulaError as error:
            raise CheckError(
                error.what, error.fix, error.start, error.end
            ) from None
        self.premises: set[bool] = set()
        pieces = [(p.parts[0], p.text) for p in self.tree.parts]
        self.pieces = [
            (node, kind) for node, kind in pieces if not _is_remark(node)
        ]
        self.implies = any(n.kind == "implies" for n, _ in self.pieces)
        if not any(kind == "claim" for _, kind in self.pieces):
            raise CheckError(
                "nothing that could be wrong was read",
                "write a relation",
                0,
                len(latex),
            )

    def holds(
        self,
        names: Mapping[str, Any],
        kinds: dict[tuple[int, int], tuple[object, ...]] | None = None,
    ) -> Outcome:
        """The worst piece at one draw.

        Raises:
            CheckError: where something has no value.
        """
        at = Evaluator(names, self.chosen.over)
        for i, expression in enumerate(self.chosen.where.values()):
            at.names[f"where__{i}"] = Expression(expression)
        try:
            with np.errstate(all="ignore"):  # what comes out is looked at
                return self.judged(at)
        except FormulaError as error:
            raise CheckError(
                error.what, error.fix, error.start, error.end
            ) from None
        finally:
            if kinds is not None:
                kinds.update(at.kinds)

    def judged(self, at: Evaluator) -> Outcome:
        waiting = self.defined(at)
        slacks: tuple[float, ...] = ()
        for node, kind in waiting:
            found = outcome(at, node, self.chosen.rtol, self.chosen.atol)
            if kind == "condition" and not found.holds:
                raise FormulaError(
                    "the draw violates this condition",
                    "draw what the formula asks for",
                    node.start,
                    node.end,
                )
            if node.kind == "implies":
                premise = outcome(at, node.parts[0], self.chosen.rtol)
                self.premises.add(premise.holds)
            if not found.holds:
                return found
            slacks += found.slacks
        if not waiting:
            raise FormulaError(
                "nothing was compared: every piece only defines a name",
                "give what the left side is",
                0,
                len(self.latex),
            )
        return Outcome(holds=True, said="", node=self.tree, slacks=slacks)

    def defined(self, at: Evaluator) -> list[tuple[Node, str]]:
        """Bind what a piece defines for the others; the pieces left."""
        left = []
        for node, kind in self.pieces:
            if _defines(node, at) and self.is_used(node):
                at.names[_named(node.parts[0])] = _Later(node.parts[1])
            else:
                left.append((node, kind))
        return left

    def is_used(self, node: Node) -> bool:
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

    def value(self, at: Evaluator) -> Any:
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


def _defines(node: Node, at: Evaluator) -> bool:
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
    index = "".join(word(p) for p in symbol.parts)
    if not symbol.parts:
        return symbol.text
    return spelled(symbol.text, index)[0] if index else ""


def _is_remark(node: Node) -> bool:
    """δ → 0, or a symbol alone, as in "for A"."""
    if node.kind == "relation":
        return node.text == "to" and node.parts[0].kind == "sym"
    return node.kind in {"sym", "name"}


def _passes(
    mistake: Mistake, chosen: Settings, draws: list[dict[str, Any]],
    slacks: list[float],
) -> bool:  # fmt: skip
    """Whether a misprint holds wherever the formula does.

    One that moves a bound away from where it is reached does not.
    """
    least: list[float] = []
    try:
        formula = _Formula(mistake.latex, chosen)
        for names in draws:
            found = formula.holds(names)
            if not found.holds:
                return False
            least = _least(least, found.slacks)
    except (CheckError, ValueError):
        return False
    if formula.implies and True not in formula.premises:
        return False
    if len(least) != len(slacks):
        return False
    reached = ATTAINED if chosen.reached is None else chosen.reached
    return all(
        now <= max(reached, ATTAINED)
        for now, before in zip(least, slacks, strict=True)
        if before <= ATTAINED or chosen.reached is not None
    )


def _is_weaker(
    mistake: Mistake, formula: _Formula, draws: list[dict[str, Any]]
) -> bool:
    wrong = _Formula(mistake.latex, formula.chosen)
    return all(
        now >= before - ATTAINED
        for names in draws
        for now, before in zip(
            wrong.holds(names).slacks, formula.holds(names).slacks,
            strict=True,
        )
    )  # fmt: skip


def _refused(
    found: Outcome, number: int, count: int, formula: _Formula,
    names: Mapping[str, Any],
) -> CheckError:  # fmt: skip
    part = formula.latex[found.node.start : found.node.end]
    where = f" at draw {number} of {count}" if count > 1 else ""
    return CheckError(
        f'"{" ".join(part.split())}" does not hold{where}: {found.said}',
        "mend the formula, or the draw: " + ", ".join(
            sorted(n for n in names if not callable(names[n]))[:8]
        ),
        found.node.start,
        found.node.end,
    )  # fmt: skip

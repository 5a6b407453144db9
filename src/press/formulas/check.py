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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from press.formulas.display import Formula, Kinds
from press.formulas.mistakes import Mistake, mistakes
from press.formulas.relations import Outcome
from press.formulas.settings import (
    SETTINGS,
    CheckError,
    Settings,
    settings_of,
)

__all__ = ["CheckError", "Verdict", "check"]
ATTAINED = 1e-6
LARGER = 1e3
"""By how much the values in a misprint may outgrow those in the formula
before what they round away counts as an error."""


@dataclass(frozen=True)
class Verdict:
    """What came of a check.

    Attributes:
        draws: at how many draws the formula was evaluated and held.
        mistakes: how many one-symbol mistakes were tried.
        refused: how many of them do not hold.
        equal: mistakes that hold by mathematics, each with the reason.
        survivors: mistakes that hold without a reason.
        unclear: those of them that fail, but by little more than rounding.
        attained: whether an inequality is an equality at some draw.
    """

    draws: int
    mistakes: int
    refused: int
    equal: tuple[tuple[str, str], ...]
    survivors: tuple[Mistake, ...]
    attained: bool
    unclear: tuple[Mistake, ...] = ()

    def __str__(self) -> str:
        draws = "1 draw" if self.draws == 1 else f"{self.draws} draws"
        text = (
            f"read from the formula, holds at {draws}; {self.refused} of "
            f"{self.mistakes} one-symbol mistakes refused"
        )
        if self.equal:
            text += f", {len(self.equal)} equal by mathematics"
        if self.survivors:
            text += "; these pass: "
            text += ", ".join(m.what for m in self.survivors)
        return text


@dataclass
class _Trial:
    """A formula, its draws, and what came of it there.

    Attributes:
        formula: the formula as printed.
        draws: the values of its symbols.
        kinds: the kind of value of each part, by its place.
        sizes: the largest value at each draw.
        slacks: how near each inequality comes to equality at some draw.
        order: the draws, those first that refused the latest misprints.
    """

    formula: Formula
    draws: list[dict[str, Any]]
    kinds: Kinds
    sizes: list[float]
    slacks: list[float]
    order: list[int]


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
    formula = Formula(latex, chosen)
    trial = _held(formula, [*_draws(namespace, chosen)])
    if formula.implies and True not in formula.premises:
        raise CheckError(
            "the premise holds at no draw", "draw values that meet it"
        )
    if chosen.reached is not None and not trial.slacks:
        raise CheckError(
            "reached is given, but no inequality is claimed", "delete it"
        )
    far = max(trial.slacks, default=0.0)
    if chosen.reached is not None and far > chosen.reached:
        raise CheckError(
            f"a bound is reached to {far:.3g} at best, not to "
            f"{chosen.reached:g}",
            "draw nearer to equality, or claim less",
        )
    return _tried(trial)


def _held(formula: Formula, draws: list[dict[str, Any]]) -> _Trial:
    kinds: Kinds = {}
    slacks: list[float] = []
    sizes = []
    for number, names in enumerate(draws):
        found = formula.outcome(names, kinds)
        if not found.holds:
            raise _refused(found, number, len(draws), formula, names)
        slacks = _least(slacks, found.slacks)
        sizes.append(found.size)
    order = [*range(len(draws))]
    return _Trial(formula, draws, kinds, sizes, slacks, order)


def _least(slacks: list[float], more: Sequence[float]) -> list[float]:
    if not slacks:
        return list(more)
    return [min(pair) for pair in zip(slacks, more, strict=True)]


def _tried(trial: _Trial) -> Verdict:
    formula, chosen = trial.formula, trial.formula.chosen
    every = mistakes(formula.latex, formula.tree, trial.kinds)
    how = {m: _went(m, trial) for m in every}
    tried = [m for m in every if how[m] != "trivial" or m.what in chosen.equal]
    passing = [m for m in tried if how[m] != "refused"]
    others = [m for m in tried if m.kind != "relation"]
    if others and all(
        m in passing and m.what not in chosen.equal for m in others
    ):
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
        elif chosen.weaker and _is_weaker(mistake, trial):
            equal.append((mistake.what, chosen.weaker))
        else:
            survivors.append(mistake)
    slacks = trial.slacks
    return Verdict(
        len(trial.draws), len(tried), len(tried) - len(passing),
        tuple(equal), tuple(survivors),
        bool(slacks) and max(slacks) <= ATTAINED,
        tuple(m for m in survivors if how[m] == "unclear"),
    )  # fmt: skip


def _draws(
    namespace: Mapping[str, Any], chosen: Settings
) -> Iterator[dict[str, Any]]:
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
        try:
            names = draw(np.random.default_rng(seed))
        except Exception as error:  # the author's program may do anything
            said = f"{type(error).__name__}: {error}"
            raise CheckError(
                f"draw raises {said}, at seed {seed}",
                "mend draw(rng), or keep away from these values",
            ) from error
        if not isinstance(names, Mapping):
            raise CheckError(
                f"draw returns {type(names).__name__}",
                "return a dict of names, as locals() is",
            )
        yield {**given, **names}


def first_draw(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the first draw of a check, which has passed."""
    return first_draws(namespace, 1)[0]


def first_draws(
    namespace: Mapping[str, Any], count: int
) -> list[dict[str, Any]]:
    """The values of the first draws of a check, at most `count`."""
    drawn = _draws(namespace, settings_of(namespace))
    return [*itertools.islice(drawn, count)]


def _went(mistake: Mistake, trial: _Trial) -> str:
    """Whether a misprint is refused, unclear, or passes.

    It passes if it holds wherever the formula does, and moves no bound
    away from where it is reached. It is refused by a draw at which it
    fails by more than rounding could do. It is trivial if it says a = a,
    which nobody overlooks and nothing refuses.
    """
    least: list[float] = []
    unclear = False
    try:
        formula = Formula(mistake.latex, trial.formula.chosen)
        if formula.tautologies() > trial.formula.tautologies():
            return "trivial"
        for place, number in enumerate(trial.order):
            most = LARGER * trial.sizes[number]
            found = formula.outcome(trial.draws[number], most=most)
            if not found.holds and found.clear:
                trial.order.insert(0, trial.order.pop(place))
                return "refused"
            if not found.holds:
                unclear = True
                continue
            least = _least(least, found.slacks)
    except (CheckError, ValueError):
        return "refused"
    if unclear:
        return "unclear"
    if formula.implies and True not in formula.premises:
        return "refused"
    return "passes" if _is_as_near(least, trial) else "refused"


def _is_as_near(least: list[float], trial: _Trial) -> bool:
    """Whether bounds come to equality as the formula's own do."""
    if len(least) != len(trial.slacks):
        return False
    wanted = trial.formula.chosen.reached
    reached = ATTAINED if wanted is None else max(wanted, ATTAINED)
    return all(
        now <= reached
        for now, before in zip(least, trial.slacks, strict=True)
        if before <= ATTAINED or wanted is not None
    )


def _is_weaker(mistake: Mistake, trial: _Trial) -> bool:
    wrong = Formula(mistake.latex, trial.formula.chosen)
    return all(
        now >= before - ATTAINED
        for names in trial.draws
        for now, before in zip(
            wrong.outcome(names).slacks, trial.formula.outcome(names).slacks,
            strict=True,
        )
    )  # fmt: skip


def _refused(
    found: Outcome, number: int, count: int, formula: Formula,
    names: Mapping[str, Any],
) -> CheckError:  # fmt: skip
    if found.kind == "condition":
        return CheckError(
            "the draw violates this condition",
            "draw what the formula asks for",
            found.node.start, found.node.end,
        )  # fmt: skip
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

"""What a check says besides its draws."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SETTINGS = {
    "draws": int, "where": dict, "over": (str, tuple, list), "rtol": float,
    "atol": (float, int), "because": str, "reached": (float, int),
    "weaker": str, "equal": dict, "draw": object,
}  # fmt: skip
DRAWS = 100


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

"""Words that carry a number: what they say, and whether it is so.

``twice``, ``a third``, ``about ten times``, ``more than half``, ``no
difference``, ``never``: a modifier, a number in words or digits, and a
word that only says that it is a ratio.
"""

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from press import literals

EXACT = 0.01  # of a ratio in words: "twice" is not 2.1
ABOUT = 0.1
WIDE = 2  # "more than 4" says nothing of 9; "at least 4" is a bound


def _above(more: float, less: float) -> bool:
    """Whether one is larger, and not so much that the other is idle."""
    return less < more and (more <= WIDE * less or less <= 0)


NOTHING = 1e-9
HOW: dict[str, Callable[[float, float], bool]] = {
    "": lambda v, n: abs(v - n) <= EXACT * abs(n),
    "exactly": lambda v, n: math.isclose(v, n, rel_tol=NOTHING),
    "about": lambda v, n: abs(v - n) <= ABOUT * abs(n),
    "roughly": lambda v, n: abs(v - n) <= ABOUT * abs(n),
    "some": lambda v, n: abs(v - n) <= ABOUT * abs(n),
    "nearly": lambda v, n: n - ABOUT * abs(n) <= v < n,
    "almost": lambda v, n: n - ABOUT * abs(n) <= v < n,
    "more than": _above,
    "over": _above,
    "less than": lambda v, n: _above(n, v),
    "fewer than": lambda v, n: _above(n, v),
    "under": lambda v, n: _above(n, v),
    "at least": lambda v, n: v >= n,
    "at most": lambda v, n: v <= n,
}
SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight",
    "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
]  # fmt: skip
TENS = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
UNITS = {
    **{w: n for n, w in enumerate(SMALL)},
    **{w: 10 * n for n, w in enumerate(TENS, 3)},
    "a": 1,
    "an": 1,
    "dozen": 12,
}
SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6}
SCALES["billion"] = 10**9
PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10,
    "hundredth": 100, "thousandth": 1000, "millionth": 10**6,
}  # fmt: skip
RATIOS = {
    "once": 1.0, "twice": 2.0, "thrice": 3.0, "double": 2.0, "doubled": 2.0,
    "doubles": 2.0, "halved": 0.5, "halves": 0.5, "tripled": 3.0,
    "triples": 3.0, "half": 0.5, "none": 0.0, "no": 0.0,
}  # fmt: skip
STATES: dict[str, Callable[[Any], bool]] = {
    "no difference": lambda v: v is True or bool(np.all(np.abs(v) <= NOTHING)),
    "never": lambda v: not np.any(v),
    "always": lambda v: bool(np.all(np.equal(v, 1))),
}
PHRASE = re.compile(
    rf"(?:(?P<how>{'|'.join(sorted(filter(None, HOW), key=len)[::-1])})\s+)?"
    r"(?P<what>.+?)(?P<percent>\s?%| percent)?(?:[- ]?fold| times)?"
)


def understood(phrase: str) -> bool:
    """Whether a phrase says a number in words of the table."""
    return phrase.strip().lower() in STATES or _read(phrase) is not None


def holds(phrase: str, value: Any) -> bool:
    """Whether a phrase is true of a value; see the module."""
    state = STATES.get(phrase.strip().lower())
    if state:
        return state(value)
    read = _read(phrase)
    if read is None or np.ndim(value) or isinstance(value, str | bytes):
        return False
    how, number = read
    if how == "" and isinstance(value, int | np.integer):
        return int(value) == number
    return bool(np.isfinite(value)) and HOW[how](float(value), number)


def _read(phrase: str) -> tuple[str, float] | None:
    match = PHRASE.fullmatch(phrase.strip().lower())
    if match is None:
        return None
    number = number_in(match["what"].strip())
    if number is None:
        return None
    return match["how"] or "", number / (100 if match["percent"] else 1)


def number_in(words: str) -> float | None:
    """The number that words or digits say, None if they say none."""
    if words in RATIOS:
        return RATIOS[words]
    try:
        return float(literals.ascii_of(words).replace(",", ""))
    except ValueError:
        pass
    total = group = 0.0
    last = words.replace("-", " ").split()
    part = PARTS.get(last[-1].removesuffix("s").replace("halve", "half"), 0)
    for word in last[:-1] if part else last:
        if word in UNITS:
            group += UNITS[word]
        elif word == "hundred":
            group = (group or 1) * 100
        elif word in SCALES:
            total, group = total + (group or 1) * SCALES[word], 0.0
        elif word != "and":
            return None
    return (total + group or 1) / part if part else total + group

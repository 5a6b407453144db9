"""Whether what was printed is what the page shows.

Text is compared exactly, numbers with a tolerance. White space is free
inside brackets, where NumPy aligns by the width of digits, and otherwise
counts only as present or absent. A whole number stays a whole number:
``6`` is not ``6.0``.

A relative tolerance is a part of the larger number, so from 1 on it would
compare nothing. What is known up to its order of magnitude only, as a
rounding error is, states a *factor*: two numbers of one sign agree if
neither is more than that many times the other.
"""

import math
import re
from dataclasses import dataclass

NUMBER = re.compile(
    r"(?<![\w.])[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w])"
)
RTOL = 1e-9
MAX_DIGITS = 10
MAX_FACTOR = 100
TOLERANCES = ("rtol", "atol", "factor")


@dataclass(frozen=True)
class Difference:
    """Where two outputs part: a line of the shown text, from 0."""

    line: int
    printed: str
    shown: str


@dataclass(frozen=True)
class Tolerance:
    """How far two numbers may lie apart; `loose` ones may be integers."""

    rtol: float
    atol: float
    factor: float
    loose: bool

    def close(self, a: float, b: float) -> bool:
        """Whether two numbers agree."""
        if math.isclose(a, b, rel_tol=self.rtol, abs_tol=self.atol):
            return True
        if self.factor == 1 or a * b <= 0 or not math.isfinite(a - b):
            return False
        apart = abs(math.log(abs(a)) - math.log(abs(b)))
        return apart <= math.log(self.factor) * (1 + 1e-9)


def tolerance(
    rtol: float | None = None, atol: float = 0.0, factor: float = 1.0
) -> Tolerance:
    """The tolerance that an output states.

    Raises:
        ValueError: if with it a number would not be compared.
    """
    if rtol is not None and not 0 <= rtol < 1:
        raise ValueError(f"rtol must lie in [0, 1), got {rtol:g}")
    if not 0 <= atol < math.inf:
        raise ValueError(f"atol must be finite and not negative, got {atol:g}")
    if not 1 <= factor <= MAX_FACTOR:
        raise ValueError(
            f"factor must lie in [1, {MAX_FACTOR}], got {factor:g}"
        )
    loose = rtol is not None or atol > 0 or factor > 1
    return Tolerance(RTOL if rtol is None else rtol, atol, factor, loose)


def difference(
    printed: str,
    shown: str,
    *,
    rtol: float | None = None,
    atol: float = 0.0,
    factor: float = 1.0,
) -> Difference | None:
    """The first line that differs, or None.

    Args:
        printed: what the example printed.
        shown: what stands on the page.
        rtol: relative tolerance of numbers, below 1; if a tolerance is
            given, integers have it too.
        atol: absolute tolerance of numbers.
        factor: how many times one number may be the other.
    """
    left, right = _logical(printed), _logical(shown)
    allowed = tolerance(rtol, atol, factor)
    for (_, a), (at, b) in zip(left, right, strict=False):
        if not _same(a, b, allowed):
            return Difference(at, a, b)
    if len(left) == len(right):
        return None
    if len(left) > len(right):
        last = right[-1][0] if right else 0
        return Difference(last, left[len(right)][1], "nothing more")
    at, text = right[len(left)]
    return Difference(at, "nothing more", text)


def unguarded(shown: str, allowed: Tolerance) -> bool:
    """Whether any other numbers would do as well as those shown.

    So it is if each of them is below the absolute tolerance, and not all
    are the zero that they are compared with.
    """
    found = [abs(float(n)) for n in NUMBER.findall(shown)]
    most = max(found, default=0.0)
    return 0 < most <= allowed.atol


def agrees(shown: str, value: object) -> bool:
    """Whether a claim shows `value`, to the digits that it shows.

    Each number shown must lie within half a unit of its last digit of
    the number computed; anything else must be equal as text. A trailing
    percent sign multiplies by 100.
    """
    text = shown.replace("\u2212", "-").replace("\u202f", "").strip()
    scale = 100.0 if text.endswith("%") else 1.0
    if isinstance(value, str | bool):
        return text == str(value)
    numbers = _flat(value)
    matches = NUMBER.findall(text.replace(",", ", ").removesuffix("%"))
    if text.replace(",", "").isdigit():
        matches = [text.replace(",", "")]
    if not matches:
        return [text] == [str(n) for n in numbers]
    return len(matches) == len(numbers) and all(
        _rounds_to(n * scale, m) for n, m in zip(numbers, matches, strict=True)
    )


def show(shown: str, value: object) -> str:
    """`value` in the format of the claim `shown`, for blessing."""
    if isinstance(value, str | bool):
        return str(value)
    text = shown.strip()
    scale = 100.0 if text.endswith("%") else 1.0
    formats = [
        _format_of(m) for m in NUMBER.findall(text.replace("\u2212", "-"))
    ]
    numbers = _flat(value)
    if len(formats) != len(numbers):
        formats = (formats or ["{:.4g}"])[:1] * len(numbers)
    said = [f.format(n * scale) for f, n in zip(formats, numbers, strict=True)]
    body = said[0] if len(said) == 1 else "[" + ", ".join(said) + "]"
    return body + ("%" if scale != 1 else "")


def too_many_digits(text: str) -> str:
    """A number with more digits than the tolerance looks at, or ''."""
    for found in NUMBER.findall(text):
        mantissa = re.split("[eE]", found)[0]
        digits = mantissa.lstrip("+-0.").replace(".", "")
        if "." in mantissa and len(digits) > MAX_DIGITS:
            return str(found)
    return ""


def _logical(text: str) -> list[tuple[int, str]]:
    lines: list[tuple[int, str]] = []
    depth, start, held = 0, 0, ""
    for number, line in enumerate(text.rstrip().splitlines()):
        if depth == 0:
            start, held = number, ""
        held += " " + line
        depth = max(depth + line.count("[") - line.count("]"), 0)
        if depth == 0:
            lines.append((start, _tidy(held)))
    if depth:
        lines.append((start, _tidy(held)))
    return [(n, t) for n, t in lines if t]


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"(?<=\[) | (?=\])", "", text)


def _same(a: str, b: str, allowed: Tolerance) -> bool:
    texts = NUMBER.sub("\0", a) == NUMBER.sub("\0", b)
    return texts and all(
        _close(m, n, allowed)
        for m, n in zip(NUMBER.findall(a), NUMBER.findall(b), strict=True)
    )


def _close(a: str, b: str, allowed: Tolerance) -> bool:
    whole_a, whole_b = _whole(a), _whole(b)
    if whole_a != whole_b:
        return False
    if whole_a and not allowed.loose:
        return int(a) == int(b)
    return allowed.close(float(a), float(b))


def _whole(text: str) -> bool:
    return not any(c in text for c in ".eE")


def _flat(value: object) -> list[float]:
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [n for v in value for n in _flat(v)]
    return [value]  # type: ignore[list-item]


def _rounds_to(value: object, text: str) -> bool:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    unit = 10.0 ** _last_place(text)
    slack = 1e-9 * abs(float(text))
    return abs(number - float(text)) <= 0.5 * unit * (1 + 1e-9) + (
        slack if unit < slack else 0.0
    )


def _last_place(text: str) -> int:
    mantissa, _, exponent = text.lower().partition("e")
    return int(exponent or 0) - len(mantissa.partition(".")[2])


def _format_of(text: str) -> str:
    mantissa, e, _ = text.lower().partition("e")
    places = len(mantissa.partition(".")[2])
    return f"{{:.{places}{'e' if e else 'f'}}}"

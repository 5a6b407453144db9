"""Reading what an author typed: UTF-8 text, one kind of line.

Python, Markdown, YAML and an editor part lines at different signs, and a
message at line 40 helps nobody whose editor calls that line 38. So the
signs that they disagree about are refused by their names.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from press.problems import PressError, Problem

BOM = "\ufeff"
REFUSED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029"
    "\u202a-\u202e\u2066-\u2069\ufeff\ufffd]"
)
CALLED = {
    "\t": "a tab",
    "\x0b": "a vertical tab",
    "\x0c": "a form feed",
    "\r": "a carriage return that ends no line",
    "\x85": "a next line sign",
    BOM: "a byte order mark",
}
FIX = {"\t": "write spaces", "\r": "end lines with a line feed"}


def read(path: Path, place: Path) -> str:
    r"""The text of a file, with ``\n`` at the end of each line.

    Args:
        path: the file.
        place: how messages call it.

    Raises:
        PressError: for each sign that is not what it looks like.
    """
    return _read(path, path.stat().st_mtime_ns, place)


@lru_cache(maxsize=512)
def _read(path: Path, _mtime: int, place: Path) -> str:
    data = path.read_bytes()
    try:
        text = data.decode("utf8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PressError(_undecoded(data, error, place, line)) from None
    text = text.replace("\r\n", "\n")
    problems = list(_problems(text, place))
    if problems:
        raise PressError(problems)
    return text


def _undecoded(
    data: bytes, error: UnicodeDecodeError, place: Path, line: int
) -> Problem:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return Problem(place, 1, "UTF-16, not UTF-8", "save it as UTF-8")
    byte = data[error.start]
    return Problem(
        place,
        line,
        f"byte 0x{byte:02x} is no UTF-8 (Latin-1 for "
        f'"{bytes([byte]).decode("latin-1")}")',
        "save the file as UTF-8",
    )


def _problems(text: str, place: Path) -> list[Problem]:
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        match = REFUSED.search(line)
        if match:
            sign = match[0]
            name = CALLED.get(sign) or _named(sign)
            found.append(
                Problem(
                    place,
                    number,
                    f"{name} in column {match.start() + 1}",
                    FIX.get(sign, "delete it"),
                )
            )
    return found


def _named(sign: str) -> str:
    name = unicodedata.name(sign, "control character").lower()
    return f"{name} U+{ord(sign):04X}"

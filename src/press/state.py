"""A number that changes when a value does, whatever holds it."""

import zlib
from types import CodeType, FunctionType, MethodType, ModuleType

import numpy as np

DEPTH = 6
BYTES = 1 << 24  # of an array: more is not looked at


def fingerprint(value: object, depth: int = DEPTH) -> int:
    """A checksum of a value and what it holds.

    Equal values have equal ones; a value that was changed in place has,
    with near certainty, another one than before.
    """
    return zlib.crc32(repr(_digest(value, depth, set())).encode())


def _digest(value: object, depth: int, seen: set[int]) -> object:
    if isinstance(value, int | float | complex | str | bytes | type(None)):
        return value
    if isinstance(value, ModuleType | type | CodeType) or depth == 0:
        return ""
    if id(value) in seen:
        return "again"
    seen = {*seen, id(value)}
    if isinstance(value, np.ndarray):
        return _array(value, depth, seen)
    return [_digest(part, depth - 1, seen) for part in _held(value)]


def _array(value: np.ndarray, depth: int, seen: set[int]) -> object:
    if value.dtype == object:
        return [_digest(x, depth - 1, seen) for x in value.ravel()[:1000]]
    data = np.ascontiguousarray(value).view(np.uint8).ravel()[:BYTES]
    return (value.shape, str(value.dtype), zlib.crc32(data.tobytes()))


def _held(value: object) -> list[object]:
    """What a container, a generator, an object or a function holds."""
    found: list[object] = []
    if isinstance(value, dict):
        found = [x for pair in list(value.items()) for x in pair]
    elif isinstance(value, list | tuple):
        found = list(value)
    elif isinstance(value, set | frozenset):
        found = sorted(value, key=repr)
    elif isinstance(value, np.random.Generator):
        found = [repr(value.bit_generator.state)]
    elif isinstance(value, np.random.RandomState):
        found = [repr(value.get_state(legacy=False))]
    elif isinstance(value, MethodType):
        found = [value.__self__]
    elif isinstance(value, FunctionType):
        cells = value.__closure__ or ()
        found = [value.__defaults__, value.__kwdefaults__]
        found += [_content(cell) for cell in cells]
    elif isinstance(named := getattr(value, "__dict__", None), dict):
        found = [named]
    return found


def _content(cell: object) -> object:
    try:
        return cell.cell_contents  # type: ignore[attr-defined]
    except ValueError:
        return None

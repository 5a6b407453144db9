"""What an exercise's check says: a verdict with something to look at.

The same functions grade in the tests and in the reader's browser.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check

__all__ = ["expect_close", "expect_equal", "expect_raises"]


def expect_close(  # noqa: PLR0913
    actual: ArrayLike,
    expected: ArrayLike,
    *,
    what: str,
    rtol: float = 1e-7,
    atol: float = 1e-9,
    hint: str = "",
) -> None:
    """Pass if `actual` has the shape and the values of `expected`.

    Args:
        actual: the reader's result, any shape.
        expected: the right result; its shape is required, not broadcast.
        what: the call in words, for example "gradient([1, 2])".
        rtol: relative tolerance of each entry.
        atol: absolute tolerance of each entry.
        hint: what to look at when it is wrong.

    Raises:
        AssertionError: with the shapes or the first differing entry.
    """
    right = np.asarray(expected, dtype=np.float64)
    if actual is None:
        raise AssertionError(_message(what, "returned None", hint))
    try:
        given = check.reals(actual) if np.size(actual) else np.asarray(actual)
    except (TypeError, ValueError):
        said = f"is {_kind(actual)}, expected numbers"
        raise AssertionError(_message(what, said, hint)) from None
    if given.shape != right.shape:
        said = f"has shape {given.shape}, expected {right.shape}"
        why = _difference(given.shape, right.shape)
        said += f" ({why})" if why else ""
        raise AssertionError(_message(what, said, hint))
    with np.errstate(over="ignore"):
        close = np.isclose(given, right, rtol=rtol, atol=atol, equal_nan=True)
    wrong = np.argwhere(~close)
    if len(wrong):
        at = tuple(int(i) for i in wrong[0])
        where = f" at index {at}" if at else ""
        said = f"is {given[at]:.10g}{where}, expected {right[at]:.10g}"
        raise AssertionError(_message(what, said, hint))


def expect_equal(
    actual: object, expected: object, *, what: str, hint: str = ""
) -> None:
    """Pass if `actual == expected`: for words, counts and flags.

    Args:
        actual: the reader's result.
        expected: the right result.
        what: the call in words.
        hint: what to look at when it is wrong.

    Raises:
        AssertionError: with both values.
    """
    try:
        same = bool(actual == expected)
    except ValueError:  # an array, which equals entry by entry
        same = False
    if not same:
        said = f"is {actual!r}, expected {expected!r}"
        raise AssertionError(_message(what, said, hint))


def expect_raises(
    kind: type[Exception],
    call: Callable[..., object],
    *args: object,
    what: str,
    hint: str = "",
) -> None:
    """Pass if ``call(*args)`` raises `kind`.

    Args:
        kind: the exception that is expected.
        call: the reader's function.
        *args: its arguments.
        what: the call in words.
        hint: what to look at when it is wrong.

    Raises:
        AssertionError: if nothing, or another exception, was raised.
    """
    try:
        call(*args)
    except kind:
        return
    except Exception as other:
        said = f"raised {type(other).__name__}, expected {kind.__name__}"
        raise AssertionError(_message(what, said, hint)) from other
    said = f"raised nothing, expected {kind.__name__}"
    raise AssertionError(_message(what, said, hint))


def _difference(given: tuple[int, ...], right: tuple[int, ...]) -> str:
    """What may have happened to a shape, if one step explains it."""
    if given == right[::-1]:
        return "transposed"
    long = [n for n in right if n != 1]
    if long == [n for n in given if n != 1] and len(given) != len(right):
        missing = "missing: keepdims=True keeps it"
        which = missing if len(given) < len(right) else "too many"
        return f"an axis of length 1 is {which}"
    for axis in range(len(right)):
        if right[:axis] + right[axis + 1 :] == given:
            return f"axis {axis} is missing: you summed over it"
    for axis in range(len(given)):
        if given[:axis] + given[axis + 1 :] == right:
            return f"axis {axis} is left: you did not sum over it"
    return ""


def _kind(actual: object) -> str:
    """What a result is that is no array of real numbers."""
    if isinstance(actual, np.ma.MaskedArray):
        return "a masked array"
    try:
        dtype = np.asarray(actual).dtype
    except ValueError:
        return "ragged"
    complex_ = dtype.kind == "c"
    return "complex" if complex_ else type(actual).__name__


def _message(what: str, said: str, hint: str) -> str:
    return f"{what} {said}" + (f": {hint}" if hint else "")

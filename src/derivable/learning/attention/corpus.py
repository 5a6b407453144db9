"""A text to learn from: prose of this book, in an alphabet of 29.

The sentences without symbols, code and digits of the chapters that stood
when this one was written, in their order, each once. The text does not
change when the chapters do. Its licence is that of the book's prose.
"""

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check

ALPHABET = " .,abcdefghijklmnopqrstuvwxyz"
_CODES = {letter: i for i, letter in enumerate(ALPHABET)}


@cache
def book_text() -> str:
    """Prose of this book: small letters, spaces, commas and full stops.

    Returns:
        The text, of characters in `ALPHABET`.
    """
    path = files("derivable.learning.attention").joinpath("corpus.txt")
    return path.read_text(encoding="ascii")


def encode_text(text: str) -> NDArray[np.intp]:
    """The number of each character.

    Args:
        text: characters in `ALPHABET`, at least one.

    Returns:
        Places in the alphabet, shape (n,).

    Raises:
        TypeError: if the text is no string.
        ValueError: if it is empty, or a character is not in `ALPHABET`.
    """
    check.instance(text, str, "text")
    unknown = sorted(set(text) - set(ALPHABET))
    if unknown or not text:
        raise ValueError(
            f"text must hold characters of {ALPHABET!r}, "
            f"got {unknown[0] if unknown else text!r}"
        )
    return np.array([_CODES[letter] for letter in text], dtype=np.intp)


def decode_tokens(tokens: ArrayLike) -> str:
    """The characters of a list of numbers.

    Args:
        tokens: places in `ALPHABET`, shape (n,).

    Returns:
        The text.

    Raises:
        TypeError: if a token is no whole number.
        ValueError: if tokens have another shape, or one is not in
            0 … 28.
    """
    x = check.whole_numbers(tokens, "tokens")
    if x.ndim != 1:
        raise ValueError(f"tokens must have shape (n,), got {x.shape}")
    if x.min() < 0 or x.max() >= len(ALPHABET):
        raise ValueError(
            f"tokens must lie in 0 to {len(ALPHABET) - 1}, "
            f"got {x.min()} to {x.max()}"
        )
    return "".join(ALPHABET[i] for i in x)

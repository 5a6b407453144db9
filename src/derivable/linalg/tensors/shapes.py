"""Where an entry lies in memory, and which shapes fit together.

Notation:
    shape: the lengths n₀, n₁, … of the axes.
    strides: bytes to the next entry along each axis, s₀, s₁, …
"""

from collections.abc import Sequence
from itertools import zip_longest

from derivable import _validation as check

Shape = tuple[int, ...]


def contiguous_strides(
    shape: Sequence[int], *, itemsize: int = 8, order: str = "C"
) -> Shape:
    """Strides of an array that fills one block of memory.

    Args:
        shape: length of each axis.
        itemsize: bytes of one entry; 8 for float64.
        order: "C", the last axis runs fastest, or "F", the first does.

    Returns:
        Bytes to the next entry along each axis, one for each axis.

    Raises:
        TypeError: if a length or itemsize is not a whole number.
        ValueError: if a length is negative, itemsize is not positive,
            or order is neither "C" nor "F".

    Source:
        eq. `claim:row-major` of this book.
    """
    lengths = checked(shape)
    size = check.whole(itemsize, "itemsize", least=1)
    check.choice(order, ["C", "F"], "order")

    strides = []
    for n in lengths if order == "F" else reversed(lengths):
        strides.append(size)
        size *= n
    return tuple(strides if order == "F" else reversed(strides))


def broadcast_shape(*shapes: Sequence[int]) -> Shape:
    """The shape to which several shapes are repeated, by three rules.

    Args:
        *shapes: one shape for each array.

    Returns:
        The common shape.

    Raises:
        TypeError: if a length is not a whole number.
        ValueError: if two lengths differ and neither is 1.

    Source:
        eq. `def:broadcast` of this book.
    """
    lengths = [checked(shape) for shape in shapes]
    result = []
    turned = (reversed(shape) for shape in lengths)
    for back, column in enumerate(zip_longest(*turned, fillvalue=1), 1):
        longer = {n for n in column if n != 1}
        if len(longer) > 1:
            shown = " and ".join(map(str, lengths))
            raise ValueError(
                "lengths must be equal or 1, counted from the last axis: "
                f"got {shown}, with {sorted(longer)} at axis -{back}"
            )
        result.append(longer.pop() if longer else 1)
    return tuple(reversed(result))


def checked(shape: Sequence[int], name: str = "shape") -> Shape:
    """A shape as a tuple of whole numbers that are not negative."""
    lengths = check.sequence(shape, name)
    return tuple(check.whole(n, f"each length of {name}") for n in lengths)

"""Index notation as a program, and what it costs.

Notation:
    subscripts: the indices of each operand and of the result, "ij,jk->ik".
    free: an index of the result.
    bound: an index that is summed over.
"""

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.linalg.tensors.shapes import Shape, checked


def einsum_loops(subscripts: str, *operands: ArrayLike) -> Array:
    """Sum products over every index that the result does not have.

    NB: one loop for each index, to be read; `np.einsum` does the same
    some thousand times faster.

    Args:
        subscripts: letters for the axes of each operand, separated by
            commas, then "->" and the letters of the result.
        *operands: real arrays, one for each group of letters.

    Returns:
        The sums, one axis for each letter after "->".

    Raises:
        TypeError: if an operand is not real or subscripts no string.
        ValueError: if letters and axes do not match, one letter stands
            for two lengths, an operand is empty or not finite, or sums
            could overflow.

    Source:
        eq. `def:einsum` of this book.
    """
    A = [check.real(a, f"operand {i}") for i, a in enumerate(operands)]
    groups, free, length = parsed(subscripts, [a.shape for a in A])
    bound = [i for i in length if i not in free]
    _stays_finite(A, math.prod(length[i] for i in bound))

    Y = np.zeros([length[i] for i in free])
    for here in np.ndindex(Y.shape):
        for there in np.ndindex(*[length[i] for i in bound]):
            at = dict(zip([*free, *bound], here + there, strict=True))
            terms = [
                a[tuple(at[i] for i in group)]
                for a, group in zip(A, groups, strict=True)
            ]
            Y[here] += math.prod(terms)
    return Y


def einsum_flops(subscripts: str, *shapes: Sequence[int]) -> int:
    """Floating-point operations of the loops that subscripts stand for.

    A multiplication counts 1 and an addition counts 1, so that a
    multiply-add counts 2. The first term of a sum is added to zero.

    Args:
        subscripts: as for `einsum_loops`.
        *shapes: the shape of each operand.

    Returns:
        Terms times (multiplications in a term, and 1 if it is added).

    Raises:
        TypeError: if a shape is not made of whole numbers, or subscripts
            is no string.
        ValueError: if letters and axes do not match, or one letter
            stands for two lengths.

    Source:
        eq. `claim:einsum-cost` of this book.
    """
    groups, free, length = parsed(subscripts, [checked(s) for s in shapes])
    summed = len(length) > len(free)
    return math.prod(length.values()) * (len(groups) - 1 + summed)


def parsed(
    subscripts: str, shapes: Sequence[Shape]
) -> tuple[list[str], str, dict[str, int]]:
    """The groups of letters, those of the result, each one's length."""
    written = check.instance(subscripts, str, "subscripts").replace(" ", "")
    if not re.fullmatch(r"[a-zA-Z,]*->[a-zA-Z]*", written):
        raise ValueError(
            'subscripts must be letters, commas and one "->", '
            f"got {subscripts!r}"
        )
    left, _, free = written.partition("->")
    groups = left.split(",")
    if len(groups) != len(shapes):
        raise ValueError(
            f"{subscripts!r} names {len(groups)} operands, got {len(shapes)}"
        )
    length = _lengths(groups, shapes)
    for i in free:
        if i not in length or free.count(i) > 1:
            raise ValueError(
                "each index of the result must be an operand's, and once: "
                f"got {i!r} in {subscripts!r}"
            )
    return groups, free, length


def _lengths(groups: list[str], shapes: Sequence[Shape]) -> dict[str, int]:
    """The length that each letter stands for, in order of appearance."""
    length: dict[str, int] = {}
    for number, (group, shape) in enumerate(zip(groups, shapes, strict=True)):
        if len(group) != len(shape):
            raise ValueError(
                f"operand {number} must have {len(group)} axes "
                f"({group!r}), got shape {shape}"
            )
        for i, n in zip(group, shape, strict=True):
            if length.setdefault(i, n) != n:
                raise ValueError(
                    f"index {i!r} must have one length, "
                    f"got {length[i]} and {n}"
                )
    return length


def _stays_finite(A: list[Array], terms: int) -> None:
    largest = [float(np.abs(a).max()) for a in A]
    if not math.isfinite(math.prod(largest) * terms):
        shown = ", ".join(f"{a:.3g}" for a in largest)
        raise ValueError(
            f"sums of products must stay finite, got entries up to {shown}"
        )

"""What a float64 is made of, and how far it is to the next one.

Notation:
    s, m, q: sign, significand and exponent; the number is s · m · 2^q.
"""

import math
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array

DIGITS = 52  # binary digits behind the point of a significand
LEAST = -1022  # the smallest exponent; with it, significands go below 1


@dataclass(frozen=True)
class FloatParts:
    """A float64 taken apart.

    Attributes:
        sign: 1 or −1; zero has one too.
        significand: from 1 up to, not including, 2; below 1 only with
            the smallest exponent.
        exponent: from −1022 to 1023.
        bits: the 64 bits as stored: sign, exponent, fraction.
    """

    sign: int
    significand: float
    exponent: int
    bits: str

    @property
    def value(self) -> float:
        """The number that the parts make, exactly."""
        return self.sign * math.ldexp(self.significand, self.exponent)


def float_parts(x: float) -> FloatParts:
    """Take a float64 apart, into sign, significand and exponent.

    Args:
        x: one number.

    Returns:
        s, m and q with x = s · m · 2^q, exactly, and the bits.

    Raises:
        TypeError: if x is not real.
        ValueError: if x is not finite or not one number.

    Source:
        eq. `def:float64` of this book.
    """
    x = check.number(x)
    (stored,) = struct.unpack(">Q", struct.pack(">d", x))
    bits = f"{stored:064b}"
    bits = f"{bits[0]} {bits[1:12]} {bits[12:]}"

    q = math.frexp(x)[1] - 1  # frexp has its significand in [1/2, 1)
    q = max(q, LEAST) if x else LEAST
    m = math.ldexp(abs(x), -q)
    return FloatParts(int(math.copysign(1, x)), m, q, bits)


def spacing(x: ArrayLike) -> Array:
    """The distance from |x| to the next larger float64.

    Args:
        x: any shape.

    Returns:
        2^(q − 52), with the exponent q of each x; shape of x.

    Raises:
        TypeError: if x is not real.
        ValueError: if x is empty or not finite.

    Source:
        eq. `def:spacing` of this book.
    """
    x = check.real(x)
    q = np.maximum(np.frexp(x)[1] - 1, LEAST)
    q = np.where(x == 0, LEAST, q)
    return np.asarray(np.ldexp(1.0, q - DIGITS))

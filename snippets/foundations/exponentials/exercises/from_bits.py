# %% starter
def from_bits(bits):
    """The finite float64 that a string of 64 binary digits stores."""
    fraction = int(bits[12:], 2) / 2**52
    return (1 + fraction) * 2.0 ** int(bits[1:12], 2)


# %% check
import math
import struct

from derivable.grading import expect_equal


def stored(x):
    return "".join(f"{byte:08b}" for byte in struct.pack(">d", x))


expect_equal(
    from_bits(stored(1.0)),
    1.0,
    what="the bits of 1",
    hint="the exponent is stored with 1023 added",
)
expect_equal(
    from_bits(stored(-6.5)),
    -6.5,
    what="the bits of -6.5",
    hint="the first bit is the sign",
)
expect_equal(from_bits(stored(0.1)), 0.1, what="the bits of 0.1")
expect_equal(
    from_bits(stored(0.0)),
    0.0,
    what="the bits of 0",
    hint="with a stored exponent of 0 the significand begins with 0",
)
expect_equal(
    from_bits(stored(5e-324)),
    5e-324,
    what="the smallest number",
    hint="a stored exponent of 0 means q = -1022, as a stored 1 does",
)
expect_equal(
    from_bits(stored(-1e-310)),
    -1e-310,
    what="a negative subnormal number",
    hint="the first bit is the sign here too",
)
expect_equal(
    math.copysign(1, from_bits(stored(-0.0))),
    -1.0,
    what="the sign of the bits of -0.0",
    hint="a zero keeps the sign that is stored",
)
expect_equal(
    from_bits(stored(2.0**1023)), 2.0**1023, what="the largest power of 2"
)

# %% solution
import math


def from_bits(bits):
    """The finite float64 that a string of 64 binary digits stores."""
    sign, stored = int(bits[0]), int(bits[1:12], 2)
    leading = 1 if stored else 0
    m = leading + int(bits[12:], 2) / 2**52
    return (-1) ** sign * math.ldexp(m, max(stored, 1) - 1023)

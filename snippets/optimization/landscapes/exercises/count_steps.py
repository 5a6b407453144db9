# %% starter
import numpy as np


def steps_to_leave(offset, growth, radius):
    """The first whole step k with |offset| * growth**k >= radius."""
    return int(np.log(radius / offset) / np.log(growth))


# %% check
from derivable.grading import expect_equal, expect_raises

expect_equal(steps_to_leave(1.0, 2.0, 8.0), 3, what="from 1 to 8 by doubling")
expect_equal(
    steps_to_leave(1.0, 2.0, 9.0),
    4,
    what="from 1 to 9 by doubling",
    hint="after 3 steps it is at 8, still inside",
)
expect_equal(
    steps_to_leave(-1e-6, 1.2, 1.0),
    76,
    what="from -1e-6",
    hint="the offset may be negative",
)
expect_equal(steps_to_leave(2.0, 1.2, 1.0), 0, what="a start outside")
expect_equal(
    steps_to_leave(1.0, 5.0, 125.0),
    3,
    what="from 1 to 125 by fives",
    hint="the logarithm of a power is rounded: allow for it",
)
expect_raises(
    ValueError,
    steps_to_leave,
    0.0,
    1.2,
    1.0,
    what="steps_to_leave(0, ...)",
    hint="a start on the stable manifold never leaves",
)

# %% solution
import numpy as np


def steps_to_leave(offset, growth, radius):
    """The first whole step k with |offset| * growth**k >= radius."""
    if offset == 0:
        raise ValueError(f"offset must not be zero, got {offset}")
    k = np.log(radius / abs(offset)) / np.log(growth)
    return max(0, int(np.ceil(k * (1 - 1e-12))))

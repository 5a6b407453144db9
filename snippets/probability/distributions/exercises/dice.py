# %% starter
import numpy as np


def dice_pmf(k, sides=6):
    """P(sum = k), P(sum = k + 1), …, for k dice."""
    pmf = np.full(sides, 1 / sides)
    spread = np.zeros(k * (sides - 1) + 1)
    spread[::k] = pmf
    return spread


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

expect_close(
    dice_pmf(1, 4), np.full(4, 0.25), what="the pmf of one die of 4 sides"
)
two = dice_pmf(2)
expect_equal(np.shape(two), (11,), what="the shape for two dice")
expect_close(
    two,
    np.array([1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]) / 36,
    what="the pmf of two dice",
    hint="sum over all pairs, not over doubles",
)
expect_close(
    dice_pmf(3, 2),
    np.array([1, 3, 3, 1]) / 8,
    what="the pmf of three coins that count 1 and 2",
)
many = dice_pmf(40)
expect_equal(np.shape(many), (201,), what="the shape for forty dice")
expect_close(many.sum(), 1, what="the total for forty dice")
values = np.arange(40, 241)
expect_close(many @ values, 140, what="the mean of forty dice")

# %% solution
import numpy as np


def dice_pmf(k, sides=6):
    """P(sum = k), P(sum = k + 1), …, for k dice."""
    die = np.full(sides, 1 / sides)
    pmf = np.ones(1)
    for _ in range(k):
        pmf = np.convolve(pmf, die)
    return pmf

# %% starter
import numpy as np


def geometric_mean(x):
    """The n-th root of the product of n numbers that are not negative."""
    return np.prod(x) ** (1 / len(x))


# %% check
import numpy as np

from derivable.grading import expect_close

found = geometric_mean(np.array([2.0, 8.0]))
expect_close(found, 4, what="geometric mean of 2 and 8")

found = geometric_mean(np.full(10_000, 0.4))
expect_close(
    found,
    0.4,
    what="geometric mean of 10,000 times 0.4",
    hint="the product underflows before the root is taken; use logarithms",
)

found = geometric_mean(np.full(5_000, 1e3))
expect_close(
    found, 1e3, what="geometric mean of 5,000 times 1000", hint="overflow"
)

found = geometric_mean(np.array([3.0, 0.0, 5.0]))
expect_close(
    found,
    0,
    what="geometric mean with a zero",
    atol=0,
    hint="the logarithm of 0 is −∞, and e to that is 0",
)

# %% solution
import numpy as np


def geometric_mean(x):
    """The n-th root of the product of n numbers that are not negative."""
    with np.errstate(divide="ignore"):
        return np.exp(np.mean(np.log(x)))

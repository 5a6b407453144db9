# %% starter
import numpy as np


def log_one_plus(x):
    """The natural logarithm of 1 + x for an array with entries above −1."""
    return np.log(1 + x)


# %% check
import math

import numpy as np

from derivable.grading import expect_close

x = np.array([[-0.5, 0.3], [1.0, 1e10]])
expect_close(
    log_one_plus(x),
    np.vectorize(math.log1p)(x),
    what="ln(1 + x) for x of size 1",
)
with np.errstate(divide="ignore", invalid="ignore"):
    small = np.array([1e-10, -3e-13, 2e-20])
    found = log_one_plus(small) / small
expect_close(
    found,
    [1, 1, 1],
    what="ln(1 + x) / x for tiny x",
    hint="1 + x rounds; correct for it with x and (1 + x) − 1",
)
with np.errstate(over="ignore"):
    found = log_one_plus(np.array([1e17, 1e308]))
expect_close(
    found,
    [math.log1p(1e17), math.log1p(1e308)],
    what="ln(1 + x) for huge x",
    hint="a logarithm times x overflows; divide x first",
)
with np.errstate(divide="ignore", invalid="ignore"):
    found = log_one_plus(np.array([0.0]))
expect_close(found, [0.0], what="ln(1 + 0)", atol=0, hint="0 / 0")

# %% solution
import numpy as np


def log_one_plus(x):
    """The natural logarithm of 1 + x for an array with entries above −1."""
    w = 1 + x
    # w - 1 is exact up to 2^53; beyond, its rounding is none of ln(w)
    rounded = np.where(w == 1, 1.0, w - 1)
    return np.where(w == 1, x, np.log(w) * (x / rounded))

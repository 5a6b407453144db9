# %% starter
def total(x):
    """Sum of the squares of x."""
    return x.sum()


# %% check
import numpy as np

from derivable.grading import expect_close

expect_close(
    total(np.array([1.0, 2.0, 3.0])),
    14.0,
    what="total([1, 2, 3])",
    hint="square before you add",
)
expect_close(total(np.array([-2.0])), 4.0, what="total([-2])")


# %% solution
def total(x):
    """Sum of the squares of x."""
    return x @ x

# %% starter
import numpy as np


def slope(f, x, h=1e-5):
    """Central difference of f at x, for numbers and arrays."""
    return (f(x + h) - f(x)) / h


# %% check
from derivable.grading import expect_close

expect_close(
    slope(np.exp, 0.0),
    1.0,
    what="slope(exp, 0)",
    rtol=1e-9,
    hint="step to both sides, and divide by their whole distance",
)
expect_close(
    slope(np.sin, np.array([0.0, 1.0])),
    np.cos([0.0, 1.0]),
    what="slope(sin, [0, 1])",
    rtol=1e-9,
)
expect_close(
    slope(lambda x: x**3, 2.0, h=0.5),
    12.25,
    what="slope(x³, 2, h=0.5)",
    hint="is the step that is given the one that is used?",
)
expect_close(slope(np.square, 3), 6.0, what="slope(x², 3) at an integer")

# %% solution
import numpy as np


def slope(f, x, h=1e-5):
    """Central difference of f at x, for numbers and arrays."""
    return (f(x + h) - f(x - h)) / (2 * h)

# %% starter
import numpy as np


def all_partials(f, x, h=1e-5):
    """The partial derivatives of f at x, by central differences."""
    found = np.zeros_like(x)
    for i in range(len(x)):
        x[i] += h
        ahead = f(x)
        x[i] -= 2 * h
        found[i] = (ahead - f(x)) / (2 * h)
    return found


# %% check
from derivable.grading import expect_close, expect_equal

expect_close(
    all_partials(lambda x: x[0] ** 2 * x[1], np.array([1.0, 3.0])),
    [6.0, 1.0],
    what="partials of x²y at (1, 3)",
    rtol=1e-7,
    hint="is x back where it was when the next coordinate has its turn?",
)
expect_close(
    all_partials(lambda x: x[0] ** 2 + x[1], np.array([3, 1])),
    [6.0, 1.0],
    what="partials at integers",
    rtol=1e-7,
    hint="what can an array of integers hold?",
)
x = np.array([1.0, 2.0])
all_partials(np.sum, x)
expect_equal(x.tolist(), [1.0, 2.0], what="the array of the caller")

# %% solution
import numpy as np


def all_partials(f, x, h=1e-5):
    """The partial derivatives of f at x, by central differences."""
    x = np.asarray(x, dtype=float)
    found = np.empty_like(x)
    for i in range(len(x)):
        e = np.zeros_like(x)
        e[i] = h
        found[i] = (f(x + e) - f(x - e)) / (2 * h)
    return found

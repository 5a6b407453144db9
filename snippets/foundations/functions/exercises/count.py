# %% starter
import numpy as np


def count(A, b):
    """How many x solve two equations: "none", "one" or "many"."""
    A = np.array(A, dtype=float)
    if np.linalg.det(A) != 0:
        return "one"
    return "many"


# %% check
from derivable.grading import expect_equal

expect_equal(count([[1, 1], [2, 1]], [11, 18]), "one", what="two tickets")
expect_equal(
    count([[1, 1], [2, 2]], [11, 18]),
    "none",
    what="parallel lines",
    hint="the left sides are multiples; are the right sides?",
)
expect_equal(count([[1, 1], [2, 2]], [11, 22]), "many", what="one line twice")
expect_equal(
    count([[1, 0], [1, 0]], [1, 2]),
    "none",
    what="two parallels to an axis",
    hint="both columns have to be in proportion to the right sides",
)
expect_equal(
    count([[0.1, 0.3], [0.3, 0.9]], [0.4, 1.2]),
    "many",
    what="one line twice, in tenths",
    hint="compare the difference of two products with their size",
)
expect_equal(
    count([[1e-9, 2e-9], [2e-9, 1e-9]], [1, 1]),
    "one",
    what="two crossing lines in small units",
    hint="small is not zero: compare with the products themselves",
)
expect_equal(
    count([[1e-200, 0], [0, 1e-200]], [1, 1]),
    "one",
    what="two crossing lines in tiny units",
    hint="the product of tiny numbers is 0: divide each equation first",
)
expect_equal(
    count([[0, 0], [0, 0]], [0, 1]),
    "none",
    what="0 = 0 and 0 = 1",
    hint="no line at all: the right sides decide",
)
expect_equal(count([[0, 0], [0, 0]], [0, 0]), "many", what="0 = 0 twice")
expect_equal(count([[1, 2], [0, 0]], [3, 5]), "none", what="a line and 0 = 5")

# %% solution
import numpy as np


def count(A, b):
    """How many x solve two equations: "none", "one" or "many"."""
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    largest = np.abs(A).max(axis=1)
    size = np.where(largest > 0, largest, 1)
    (a1, a2), (c1, c2) = A / size[:, None]
    p, q = b / size

    def equal(s, t):
        return abs(s - t) <= 1e-12 * (abs(s) + abs(t))

    if not equal(a1 * c2, a2 * c1):
        return "one"
    if not np.any(A):
        return "none" if np.any(b) else "many"
    same = equal(a1 * q, c1 * p) and equal(a2 * q, c2 * p)
    return "many" if same else "none"

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
    count([[0, 1], [0, 1]], [1, 2]),
    "none",
    what="two parallels to the other axis",
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
    hint="as a float, the product of tiny numbers is 0: use a Fraction",
)
expect_equal(
    count([[0, 0], [0, 0]], [0, 1]),
    "none",
    what="0 = 0 and 0 = 1",
    hint="no line at all: the right sides decide",
)
expect_equal(count([[0, 0], [0, 0]], [0, 0]), "many", what="0 = 0 twice")
expect_equal(count([[1, 2], [0, 0]], [3, 5]), "none", what="a line and 0 = 5")
expect_equal(
    count([[0, 0], [1, 2]], [1e-200, 1e200]),
    "none",
    what="0 = 1e-200 and a line",
    hint="a left side of zeros asks for a right side of exactly 0",
)
expect_equal(
    count([[1, 2], [0, 0]], [3, 0]),
    "many",
    what="a line and 0 = 0",
    hint="0 = 0 excludes no point of the line",
)
expect_equal(
    count([[1e-300, 0], [1e-300, 0]], [1e10, 1e10]),
    "many",
    what="one line twice, in tiny units",
    hint="multiply in place of dividing: no quotient gets too large",
)
expect_equal(
    count([[1e200, 0], [1e200, 0]], [1e200, 1e200]),
    "many",
    what="one line twice, in huge units",
    hint="as a float, the product of huge numbers is infinite",
)
expect_equal(
    count([[1e-300, 0], [1, 0]], [1e-300, 2]),
    "none",
    what="two parallels in different units",
    hint="compare the right sides in units of their own left sides",
)
expect_equal(
    count([[1e-200, 0], [1e200, 0]], [1e-200, 1e200]),
    "many",
    what="one line twice, in tiny and in huge units",
    hint="both equations say that the first unknown is 1",
)
expect_equal(
    count([[1, 1], [1, 1 + 1e-13]], [1, 1 + 1e-13]),
    "many",
    what="one line twice, to twelve digits",
    hint="products that differ by 1e-13 of themselves count as equal",
)
expect_equal(
    count([[1, 1], [1, 1 + 1e-11]], [1, 2]),
    "one",
    what="two lines that differ in the eleventh digit",
    hint="products that differ by 1e-11 of themselves are not equal",
)

# %% solution
from fractions import Fraction


def count(A, b):
    """How many x solve two equations: "none", "one" or "many"."""
    (a1, a2, p), (c1, c2, q) = [
        [Fraction(float(v)) for v in (*row, t)]
        for row, t in zip(A, b, strict=True)
    ]

    def equal(s, t):
        return abs(s - t) * 10**12 <= abs(s) + abs(t)

    if (a1 == a2 == 0 != p) or (c1 == c2 == 0 != q):
        return "none"
    if not equal(a1 * c2, a2 * c1):
        return "one"
    same = equal(a1 * q, c1 * p) and equal(a2 * q, c2 * p)
    return "many" if same else "none"

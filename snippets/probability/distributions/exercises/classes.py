# %% starter
import numpy as np


def draw_classes(p, u):
    """The class of each uniform number u, with probabilities p."""
    return np.searchsorted(np.cumsum(p), u, side="right")


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

p = np.array([0.25, 0.0, 0.5, 0.25])
found = draw_classes(p, np.array([0.1, 0.25, 0.26, 0.75, 0.76, 0.999]))
expect_equal(
    list(found),
    [0, 2, 2, 3, 3, 3],
    what="classes for p = (1/4, 0, 1/2, 1/4)",
    hint="at u = 0.25 the first total above u is 0.75; class 1 never happens",
)
expect_equal(
    int(np.max(draw_classes(np.array([0.0, 0.5, 0.5]), np.zeros(1)))),
    1,
    what="the class at u = 0 for p = (0, 1/2, 1/2)",
    hint="take the first total above u, not the first that reaches it",
)
expect_equal(
    np.shape(draw_classes(p, np.full((2, 3), 0.5))),
    (2, 3),
    what="the shape for u of shape (2, 3)",
)
tenths = np.full(10, 0.1)  # their running total ends at 1 − 1e-16
expect_equal(
    int(np.max(draw_classes(tenths, np.array([1 - 2.0**-53])))),
    9,
    what="the last of ten classes, for the largest u below 1",
    hint="divide the totals by the last of them",
)
expect_equal(
    int(
        np.max(draw_classes(np.append(tenths, 0.0), np.array([1 - 2.0**-53])))
    ),
    9,
    what="the same with an eleventh class of probability 0",
    hint="divide the totals by the last of them",
)
u = np.random.default_rng(0).random(100_000)
shares = np.bincount(draw_classes(p, u), minlength=4) / u.size
expect_close(shares, p, atol=0.01, what="shares of 100,000 draws")

# %% solution
import numpy as np


def draw_classes(p, u):
    """The class of each uniform number u, with probabilities p."""
    totals = np.cumsum(p)
    return np.searchsorted(totals / totals[-1], u, side="right")

# %% starter
import numpy as np


def auc(y, scores):
    """The probability that a one scores above a zero, ties counting half."""
    ones, zeros = scores[y == 1], scores[y == 0]
    return np.mean(ones[:, None] > zeros)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises
from derivable.learning import roc_auc

rng = np.random.default_rng(0)
y = np.array([0, 1] * 20)
s = rng.integers(0, 6, size=40) + y
expect_close(
    auc(y, s), roc_auc(y, s), what="scores with ties", hint="a tie is a half"
)
expect_equal(np.shape(auc(y, s)), (), what="shape", hint="one number")
expect_close(auc(y, 0.0 * s), 0.5, what="equal scores")
expect_close(auc(y, y), 1.0, what="perfect order")
small = np.array([3, 2, 4, 5], dtype=np.uint8)
expect_close(
    auc(np.array([0, 1, 0, 1]), small),
    0.5,
    what="scores without a sign",
    hint="compare the scores: 2 - 3 is 255 in eight bits",
)
flags = np.array([True, True, False, True])
expect_close(auc(np.array([0, 1, 0, 1]), flags), 0.75, what="flags as scores")
for label, name in ((1, "ones"), (0, "zeros")):
    expect_raises(
        ValueError,
        auc,
        np.full(3, label),
        np.arange(3.0),
        what=f"{name} only",
        hint="without both classes there is no pair",
    )

# %% solution
import numpy as np


def auc(y, scores):
    """The probability that a one scores above a zero, ties counting half."""
    ones, zeros = scores[y == 1], scores[y == 0]
    if len(ones) == 0 or len(zeros) == 0:
        raise ValueError(f"y must hold both classes, got {np.unique(y)}")
    above, tied = ones[:, None] > zeros, ones[:, None] == zeros
    return np.mean(above + 0.5 * tied)

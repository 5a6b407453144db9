# %% starter
import numpy as np


def shares(labels, k, a):
    """Probabilities of k classes from labels, each seen a times before."""
    return np.bincount(labels) / len(labels)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

labels = np.array([0, 2, 2, 1, 2])
p = shares(labels, 4, 0.5)
expect_equal(
    np.shape(p), (4,), what="shape", hint="count up to k, seen or not"
)
expect_close(
    p,
    np.array([1.5, 1.5, 3.5, 0.5]) / 7,
    rtol=1e-12,
    what="shares",
    hint="the prior adds a to each count and k a to their sum",
)
expect_close(
    shares(np.array([], dtype=int), 3, 2),
    np.full(3, 1 / 3),
    rtol=1e-12,
    what="shares without data",
    hint="without data only the prior speaks",
)
for a in (0, -1, np.nan, np.inf):
    expect_raises(
        ValueError,
        shares,
        labels,
        3,
        a,
        what=f"a = {a}",
        hint="a prior can be normalised for 0 < a < ∞ only; NaN is no number",
    )

# %% solution
import numpy as np


def shares(labels, k, a):
    """Probabilities of k classes from labels, each seen a times before."""
    if not 0 < a < np.inf:
        raise ValueError(f"a must be positive and finite, got {a}")
    counts = np.bincount(labels, minlength=k)
    return (counts + a) / (len(labels) + k * a)

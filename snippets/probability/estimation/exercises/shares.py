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
expect_raises(
    ValueError,
    lambda: shares(labels, 3, 0),
    what="a = 0",
    hint="a prior that has seen nothing cannot be normalised",
)

# %% solution
import numpy as np


def shares(labels, k, a):
    """Probabilities of k classes from labels, each seen a times before."""
    if a <= 0:
        raise ValueError(f"a must be positive, got {a}")
    counts = np.bincount(labels, minlength=k)
    return (counts + a) / (len(labels) + k * a)

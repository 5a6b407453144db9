# %% starter
import numpy as np


def standardise(train, test):
    """Both sets, with mean 0 and standard deviation 1."""
    both = np.vstack([train, test])
    mean, std = both.mean(axis=0), both.std(axis=0)
    return (train - mean) / std, (test - mean) / std


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(0)
train, test = rng.normal(3, 2, size=(8, 2)), rng.normal(9, 5, size=(3, 2))
a, b = standardise(train, test)
expect_equal((a.shape, b.shape), ((8, 2), (3, 2)), what="shapes")
expect_close(
    a,
    (train - train.mean(axis=0)) / train.std(axis=0),
    what="training set",
    hint="each feature has mean 0 and standard deviation 1 there",
)
expect_close(
    b,
    (test - train.mean(axis=0)) / train.std(axis=0),
    what="test set",
    hint="the test set is measured with the training set's ruler",
)
c, _ = standardise(train, 100 * test)
expect_close(c, a, what="training set beside another test set")
for value, rows in ((7.0, 8), (0.1, 6), (0.1, 3)):
    train[:, 1] = value
    a, b = standardise(train[:rows], test)
    expect_close(
        a[:, 1], np.zeros(rows), atol=1e-12, what=f"a constant {value}"
    )
    expect_close(
        b[:, 1],
        test[:, 1] - value,
        what=f"a feature that is {value} in training",
        hint="the standard deviation of a constant may be a rounding error",
    )

# %% solution
import numpy as np


def standardise(train, test):
    """Both sets, in units of the training set."""
    constant = np.ptp(train, axis=0) == 0  # std may be rounding there
    mean = np.where(constant, train[0], train.mean(axis=0))
    std = np.where(constant, 1.0, train.std(axis=0))
    return (train - mean) / std, (test - mean) / std

# %% starter
import numpy as np


def merge_moments(means, variances, counts):
    """Mean and variance of all samples, each (d,), from those of shards.

    means and variances have shape (K, d), counts has K entries; a
    variance is the mean squared distance from the mean.
    """
    return np.mean(means, axis=0), np.mean(variances, axis=0)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(0)
for counts in ([5, 3], [1, 7, 2], [4]):
    parts = [rng.normal(rng.normal(), 2.0, size=(n, 3)) for n in counts]
    every = np.concatenate(parts)
    means = np.array([part.mean(axis=0) for part in parts])
    variances = np.array([part.var(axis=0) for part in parts])
    mean, variance = merge_moments(means, variances, counts)
    expect_equal(
        np.shape(mean), (3,), what="the shape of the mean", hint="one a column"
    )
    expect_close(
        mean,
        every.mean(axis=0),
        what=f"the mean of shards of {counts} samples",
        hint="weigh each mean by its share of the samples",
    )
    expect_close(
        variance,
        every.var(axis=0),
        what=f"the variance of shards of {counts} samples",
        hint="means that differ from the mean of all are spread too",
    )
mean, variance = merge_moments(
    np.array([[1e8], [1e8 + 1]]), np.ones((2, 1)), [1, 3]
)
expect_close(
    variance,
    np.array([1 + 3 / 16]),
    what="the variance far from zero",
    hint="subtract the mean before you square: the mean of squares cancels",
)

# %% solution
import numpy as np


def merge_moments(means, variances, counts):
    """Mean and variance of all samples, each (d,), from those of shards.

    means and variances have shape (K, d), counts has K entries; a
    variance is the mean squared distance from the mean.
    """
    w = np.asarray(counts) / np.sum(counts)
    mean = w @ np.asarray(means)
    return mean, w @ (variances + (means - mean) ** 2)

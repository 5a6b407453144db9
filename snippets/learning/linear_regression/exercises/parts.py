# %% starter
import numpy as np


def parts(predictions, truth):
    """Bias squared and variance, one fit a row, without bias of their own."""
    mean = predictions.mean(axis=0)
    return (mean - truth) ** 2, predictions.var(axis=0)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

F = np.array([[1.0, 4.0], [3.0, 4.0]])
bias, variance = parts(F, np.array([0.0, 1.0]))
expect_close(variance, [2, 0], what="variance", hint="two rows: divide by one")
expect_close(
    bias,
    [3, 9],
    what="bias squared",
    hint="the mean of N fits has variance v / N; subtract it",
)
expect_equal(np.shape(bias), (2,), what="shape", hint="one for each place")
rng = np.random.default_rng(0)
found = np.array(
    [parts(2 + rng.normal(size=(4, 1)), np.array([1.5])) for _ in range(4000)]
)
expect_close(
    found.mean(axis=0)[:, 0],
    [0.25, 1],
    rtol=0,
    atol=0.07,
    what="averages over many measurements of bias 0.5 and variance 1",
    hint="single values may be negative; do not cut them off",
)
expect_raises(
    ValueError,
    parts,
    F[:1],
    np.zeros(2),
    what="one fit",
    hint="one fit has no variance",
)

# %% solution
import numpy as np


def parts(predictions, truth):
    """Bias squared and variance, one fit a row, without bias of their own."""
    N = len(predictions)
    if N < 2:
        raise ValueError(f"predictions must be of 2 fits or more, got {N}")
    variance = predictions.var(axis=0, ddof=1)
    mean = predictions.mean(axis=0)
    return (mean - truth) ** 2 - variance / N, variance

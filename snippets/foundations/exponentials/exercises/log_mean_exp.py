# %% starter
import numpy as np


def log_mean_exp(Z):
    """The logarithm of the mean of e to the entries, for each row of Z."""
    return np.log(np.mean(np.exp(Z), axis=1))


# %% check
import numpy as np

from derivable.grading import expect_close

Z = np.log(np.array([[1.0, 3.0], [2.0, 10.0], [4.0, 4.0]]))
expect_close(
    log_mean_exp(Z), np.log([2, 6, 4]), what="log-mean-exp of three rows"
)

with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
    found = log_mean_exp(np.array([[1000.0, 1000.0], [-2000.0, -2000.0]]))
expect_close(
    found,
    [1000, -2000],
    what="log-mean-exp of rows of 1000 and of -2000",
    hint="subtract the maximum of each row, and add it again",
)

with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
    found = log_mean_exp(np.array([[5.0, -np.inf]]))
expect_close(
    found,
    [5 - np.log(2)],
    what="log-mean-exp of 5 and minus infinity",
    hint="an entry that counts nothing is still one of the mean",
)

with np.errstate(divide="ignore", invalid="ignore"):
    found = log_mean_exp(np.array([[-np.inf, -np.inf], [0.0, 0.0]]))
expect_close(
    found,
    [-np.inf, 0],
    what="log-mean-exp of a row of minus infinities",
    hint="the mean of zeros is 0; -inf - (-inf) is nan, so do not shift it",
)

# %% solution
import numpy as np


def log_mean_exp(Z):
    """The logarithm of the mean of e to the entries, for each row of Z."""
    m = np.max(Z, axis=1, keepdims=True)
    m = np.where(np.isneginf(m), 0.0, m)  # nothing counts: no shift
    with np.errstate(divide="ignore"):  # the logarithm of 0 is −∞
        return m[:, 0] + np.log(np.mean(np.exp(Z - m), axis=1))

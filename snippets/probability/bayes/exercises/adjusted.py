# %% starter
import numpy as np


def adjusted(success, n):
    """Rates at the mix of all, shape (k,): successes and patients (k, m)
    of k treatments in m groups."""
    return success.sum(axis=1) / n.sum(axis=1)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_raises

success = np.array([[81, 192], [234, 55]])
n = np.array([[87, 263], [270, 80]])
rates = success / n
expect_close(
    adjusted(success, n),
    rates[:, 0] * 357 / 700 + rates[:, 1] * 343 / 700,
    what="adjusted rates of the kidney stones",
    hint="weigh the groups by all patients, not by those of one treatment",
)
few = np.array([[10, 90], [800, 100]])
expect_close(
    adjusted(np.array([[9, 45], [640, 30]]), few),
    [0.9 * 0.81 + 0.5 * 0.19, 0.8 * 0.81 + 0.3 * 0.19],
    what="adjusted rates of treatments with 100 and 900 patients",
    hint="the mix of all patients, not the mean of the mixes",
)
same = np.array([[10, 30], [10, 30], [10, 30]])
cured = np.array([[5, 9], [6, 3], [1, 30]])
expect_close(
    adjusted(cured, same),
    cured.sum(axis=1) / 40,
    what="adjusted rates of three treatments with one mix",
    hint="with equal mixes nothing is to be adjusted",
)
expect_close(
    adjusted(np.array([[3], [4]]), np.array([[4], [8]])),
    [0.75, 0.5],
    what="adjusted rates in a single group",
)
expect_raises(
    ValueError,
    adjusted,
    np.array([[0, 8], [9, 6]]),
    np.array([[0, 10], [10, 10]]),
    what="adjusted where a group never got the first treatment",
    hint="a share of no patients is no number: raise a ValueError",
)


# %% solution
import numpy as np


def adjusted(success, n):
    """Rates at the mix of all, shape (k,): successes and patients (k, m)
    of k treatments in m groups."""
    if not np.all(n > 0):
        raise ValueError("each treatment needs patients in each group")
    return success / n @ n.sum(axis=0) / n.sum()

# %% starter
import numpy as np


def adjusted(success, n):
    """Rates at the mix of all, shape (k,): successes and patients (k, m)
    of k treatments in m groups."""
    return success.sum(axis=1) / n.sum(axis=1)


# %% check
import numpy as np

from derivable.grading import expect_close

success = np.array([[81, 192], [234, 55]])
n = np.array([[87, 263], [270, 80]])
rates = success / n
expect_close(
    adjusted(success, n),
    rates[:, 0] * 357 / 700 + rates[:, 1] * 343 / 700,
    what="adjusted rates of the kidney stones",
    hint="weigh the groups by all patients, not by those of one treatment",
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


# %% solution
import numpy as np


def adjusted(success, n):
    """Rates at the mix of all, shape (k,): successes and patients (k, m)
    of k treatments in m groups."""
    return success / n @ n.sum(axis=0) / n.sum()

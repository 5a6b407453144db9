# %% starter
import numpy as np


def permutation_test(x, y, rng, shuffles=999):
    """Share of shuffles whose means differ as much as those of x, y."""
    seen = np.mean(y) - np.mean(x)
    both, count = np.concatenate([x, y]), 0
    for _ in range(shuffles):
        z = rng.permutation(both)
        count += np.mean(z[len(x) :]) - np.mean(z[: len(x)]) >= seen
    return count / shuffles


# %% check
import numpy as np
from scipy.stats import ttest_ind

from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(0)
x, y = rng.normal(size=30), rng.normal(0.5, 1, size=50)
for a, b, name in ((x, y, "x, y"), (y, x, "y, x")):
    p = permutation_test(a, b, np.random.default_rng(1), 1999)
    expect_equal(np.shape(p), (), what="shape", hint="one number")
    expect_close(
        p,
        ttest_ind(x, y).pvalue,
        rtol=0,
        atol=0.03,
        what=f"p-value of {name}",
        hint="a difference in either direction counts",
    )
for unit in (1, -1, 1e-20):
    a, b = np.array([[1, 2, 3], [4, 5, 6]]) * unit
    p = permutation_test(a, b, np.random.default_rng(1), 4999)
    expect_close(
        p,
        2 / 20,  # of the 20 ways to choose three of six, two are extreme
        rtol=0,
        atol=0.02,
        what=f"p-value of 1, 2, 3 and 4, 5, 6 in units of {unit}",
        hint="shuffle without replacement, and count both directions",
    )
p = permutation_test(x, x + 100, np.random.default_rng(1), 99)
expect_close(
    p,
    1 / 100,
    rtol=1e-12,
    what="p-value of what no shuffle reaches",
    hint="the labels as they are count as one shuffle",
)
for unit in (1, 0.1, 1e24):
    a, b = np.array([[1, 2, 3], [3, 2, 1]]) * unit
    p = permutation_test(a, b, np.random.default_rng(1), 99)
    expect_close(
        p,
        1,
        rtol=1e-12,
        what=f"p-value of equal groups in units of {unit:.2g}",
        hint="all shuffles count if the means are equal up to rounding",
    )

# %% solution
import numpy as np


def permutation_test(x, y, rng, shuffles=999):
    """Share of shuffles whose means differ as much as those of x, y."""
    seen = abs(np.mean(y) - np.mean(x))
    both, count = np.concatenate([x, y]), 1
    slack = 1e-12 * np.max(np.abs(both))  # rounding decides no tie
    for _ in range(shuffles):
        z = rng.permutation(both)
        found = abs(np.mean(z[len(x) :]) - np.mean(z[: len(x)]))
        count += found >= seen - slack
    return count / (shuffles + 1)

# %% starter
import numpy as np


def truncated_normal(low, high, rng, size):
    """Standard normal numbers, given that they lie in [low, high]."""
    x = rng.normal(size=(100, size))
    first = np.argmax((low <= x) & (x <= high), axis=0)
    return np.clip(x[first, np.arange(size)], low, high)


# %% check
import numpy as np
from scipy import stats

from derivable.grading import expect_close, expect_equal
from derivable.probability import kolmogorov_distance

rng = np.random.default_rng(0)
intervals = [(-1.0, 2.0), (-0.5, np.inf), (-9.0, -8.0), (8.0, 9.0)]
intervals += [(20.0, 21.0), (38.0, 39.0), (-40.0, -39.0), (50.0, np.inf)]
for low, high in intervals:
    x, again = (truncated_normal(low, high, rng, 4000) for _ in "ab")
    where = f"[{low:g}, {high:g}]"
    expect_equal(np.shape(x), (4000,), what=f"the shape for {where}")
    expect_equal(
        bool(np.all((low <= x) & (x <= high))),
        True,
        what=f"whether all draws lie in {where}",
    )
    gap = kolmogorov_distance(x, stats.truncnorm(low, high).cdf)
    expect_close(
        gap,
        0,
        atol=2.5 / np.sqrt(4000),
        what=f"gap between draws and cdf in {where}",
        hint="in the right tail use the symmetry; far out, logarithms",
    )
    expect_equal(
        bool(np.mean(x == again) < 0.01),
        True,
        what=f"whether a second call gives other draws in {where}",
        hint="take the uniform numbers from rng",
    )
    expect_equal(
        bool(abs(np.corrcoef(x[1:], x[:-1])[0, 1]) < 0.1),
        True,
        what=f"whether neighbouring draws in {where} are unrelated",
        hint="a grid is no sample",
    )

# %% solution
import numpy as np
from scipy.special import log_ndtr, ndtri_exp


def truncated_normal(low, high, rng, size):
    """Standard normal numbers, given that they lie in [low, high]."""
    if low > 0:
        return -truncated_normal(-high, -low, rng, size)
    a, b = log_ndtr([low, high])  # logarithms of the cdf
    share = np.expm1(a - b) * rng.random(size)
    x = ndtri_exp(b + np.log1p(share))
    return np.clip(x, low, high)  # what rounding moved out

# %% starter
import numpy as np


def truncated_normal(low, high, rng, size):
    """Standard normal numbers, given that they lie in [low, high]."""
    x = rng.normal(size=(100, size))
    x = np.where((low <= x) & (x <= high), x, np.nan)
    return np.clip(np.nan_to_num(x[0], nan=high), low, high)


# %% check
import numpy as np
from scipy import stats

from derivable.grading import expect_close, expect_equal
from derivable.probability import kolmogorov_distance

rng = np.random.default_rng(0)
for low, high in [(-1.0, 2.0), (-9.0, -8.0), (8.0, 9.0), (20.0, 21.0)]:
    x = truncated_normal(low, high, rng, 4000)
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
        hint="for the right tail use the symmetry of the normal cdf",
    )

# %% solution
import numpy as np

from derivable.probability import Normal


def truncated_normal(low, high, rng, size):
    """Standard normal numbers, given that they lie in [low, high]."""
    if low > 0:
        return -truncated_normal(-high, -low, rng, size)
    a, b = Normal().cdf([low, high])
    x = Normal().quantile(a + (b - a) * rng.random(size))
    return np.clip(x, low, high)  # what rounding moved out

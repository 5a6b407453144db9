# %% starter
import numpy as np

from derivable.probability import correlation


def interval(x, y, level, rng, resamples=2000):
    """Ends of the middle part of bootstrapped correlations."""
    n, found = len(x), []
    for _ in range(resamples):
        i, j = rng.integers(n, size=(2, n))
        found.append(correlation(x[i], y[j]))
    return np.quantile(found, [0, level])


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal
from derivable.probability import correlation

rng = np.random.default_rng(0)
x = rng.normal(size=60)
y = x + 0.5 * rng.normal(size=60)
ends = interval(x, y, 0.9, np.random.default_rng(1))
expect_equal(np.shape(ends), (2,), what="shape", hint="two ends")
expect_close(
    np.mean(ends),
    correlation(x, y),
    rtol=0,
    atol=0.03,
    what="middle of the interval",
    hint="draw pairs: one index for x and y; and cut both ends",
)
z = np.arctanh(correlation(x, y)) + np.array([-1, 1]) * 1.645 / np.sqrt(57)
expect_close(
    ends,
    np.tanh(z),
    rtol=0,
    atol=0.04,
    what="ends",
    hint="leave out (1 − level) / 2 at either end",
)
half = interval(x, y, 0.5, np.random.default_rng(1))
expect_close(
    np.ptp(half) / np.ptp(ends),
    0.41,  # of a Gaussian: 0.674 / 1.645
    rtol=0,
    atol=0.1,
    what="width at level 0.5, as a share of that at 0.9",
    hint="a level of 0.5 leaves out a quarter at either end",
)
wide = interval(x, y, 0.99, np.random.default_rng(1))
expect_equal(
    bool(wide[0] < ends[0] and ends[1] < wide[1]),
    True,
    what="whether a higher level is wider",
    hint="both ends depend on the level",
)
line = interval(x, -x, 0.5, np.random.default_rng(1), 50)
expect_close(
    line, [-1, -1], rtol=1e-9, what="a falling line", hint="keep the sign"
)
ends = interval(x[:10], y[:10], 0.99, np.random.default_rng(1))
expect_equal(
    bool(np.max(np.abs(ends)) <= 1),
    True,
    what="whether no end exceeds 1",
    hint="the ends are quantiles of the correlations themselves",
)
few = np.arange(3.0)
expect_close(
    interval(few, few, 0.9, np.random.default_rng(1)),
    [1, 1],
    rtol=1e-9,
    what="three points on a line",
    hint="skip a resample that does not vary",
)

# %% solution
import numpy as np

from derivable.probability import correlation


def interval(x, y, level, rng, resamples=2000):
    """Ends of the middle part of bootstrapped correlations."""
    n, found = len(x), []
    for _ in range(resamples):
        i = rng.integers(n, size=n)
        if np.ptp(x[i]) > 0 and np.ptp(y[i]) > 0:
            found.append(correlation(x[i], y[i]))
    return np.quantile(found, [(1 - level) / 2, (1 + level) / 2])

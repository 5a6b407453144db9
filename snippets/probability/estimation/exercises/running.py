# %% starter
import numpy as np


def running(stream):
    """Mean and unbiased variance of numbers that are seen once."""
    n = total = squares = 0
    for x in stream:
        n, total, squares = n + 1, total + x, squares + x * x
    return total / n, (squares - total**2 / n) / (n - 1)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

rng = np.random.default_rng(0)
for shift in (0, 1e12):
    x = rng.integers(0, 50, size=40) + shift
    mean, variance = running(iter(x))
    expect_close(
        mean,
        np.mean(x),
        rtol=1e-12,
        what="mean",
        hint="the mean moves by (x − mean) / n",
    )
    expect_close(
        variance,
        np.var(x, ddof=1),
        rtol=1e-6,
        what=f"variance of numbers near {shift:g}",
        hint="never subtract two large sums; divide by n − 1",
    )
expect_equal(np.shape(running([1, 2])[1]), (), what="shape", hint="one number")
for few, what in (([], "no number"), ([1.0], "one number")):
    expect_raises(
        ValueError,
        running,
        few,
        what=what,
        hint="fewer than two have no unbiased variance",
    )

# %% solution
import numpy as np


def running(stream):
    """Mean and unbiased variance of numbers that are seen once."""
    n, mean, q = 0, 0.0, 0.0
    for x in stream:
        n += 1
        before = x - mean
        mean += before / n
        q += before * (x - mean)
    if n < 2:
        raise ValueError(f"stream must have at least 2 numbers, got {n}")
    return mean, q / (n - 1)

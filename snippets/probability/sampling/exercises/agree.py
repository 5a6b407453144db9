# %% starter
import numpy as np


def agree(x):
    """Split-R̂ of draws of shape (n, m), one chain a column."""
    n = len(x)
    W = np.mean(np.var(x, axis=0))
    B = n * np.var(np.mean(x, axis=0))
    return ((n - 1) * W + B) / (n * W)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises
from derivable.probability import r_hat

rng = np.random.default_rng(0)
good = rng.normal(size=(40, 3))
expect_equal(np.shape(agree(good)), (), what="shape", hint="one number")
expect_close(
    agree(good + np.array([0, 0, 9])),
    r_hat(good + np.array([0, 0, 9])),
    rtol=1e-9,
    what="R̂ of a chain that is elsewhere",
    hint="divisors n − 1 and m − 1; and the root at the end",
)
drift = good + np.linspace(0, 9, 40)[:, None]
expect_close(
    agree(drift),
    r_hat(drift),
    rtol=1e-9,
    what="R̂ of chains that drift",
    hint="cut each chain in halves first",
)
expect_close(
    agree(good[:39, :1]),
    r_hat(good[:39, :1]),
    rtol=1e-9,
    what="R̂ of one chain of odd length",
    hint="leave out the draw in the middle",
)
expect_raises(
    ValueError,
    lambda: agree(np.ones((40, 2))),
    what="chains that never move",
    hint="W is zero, and there is nothing to divide by",
)
expect_raises(
    ValueError,
    lambda: agree(np.full((40, 2), 0.1)),
    what="chains that never move from 0.1",
    hint="W is rounded: ask whether all draws equal the first",
)
stuck = good.copy()
stuck[:, 1] = 0.1
expect_raises(
    ValueError,
    lambda: agree(stuck),
    what="one chain that never moves, among others",
    hint="ask it of each chain",
)

# %% solution
import numpy as np


def agree(x):
    """Split-R̂ of draws of shape (n, m), one chain a column."""
    if np.any(np.all(x == x[0], axis=0)):
        raise ValueError(f"every chain must move, got the start {x[0]}")
    n = len(x) // 2
    halves = np.hstack([x[:n], x[-n:]])
    W = np.mean(np.var(halves, axis=0, ddof=1))
    B = n * np.var(np.mean(halves, axis=0), ddof=1)
    return np.sqrt(((n - 1) * W + B) / (n * W))

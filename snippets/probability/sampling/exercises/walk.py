# %% starter
import numpy as np


def walk(log_p, x, step, n, rng):
    """The n places of a Metropolis chain after x, shape (n,)."""
    path = []
    while len(path) < n:
        y = x + step * rng.normal()
        if np.log(rng.random()) < log_p(y) - log_p(x):
            x = y
            path.append(x)
    return np.array(path)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal


def log_p(x):  # exponential
    return -x if x > 0 else -np.inf


path = walk(log_p, 1.0, 2.0, 30_000, np.random.default_rng(0))
expect_equal(np.shape(path), (30_000,), what="shape", hint="one place a step")
expect_equal(
    bool(np.min(path) > 0),
    True,
    what="whether all places have a positive density",
    hint="a proposal with log-density −∞ is never taken",
)
expect_equal(
    bool(np.any(np.diff(path) == 0)),
    True,
    what="whether a place can be repeated",
    hint="a refused proposal leaves the chain where it is, and that counts",
)
expect_close(
    np.mean(path),
    1.0,
    rtol=0,
    atol=0.08,
    what="mean of an exponential",
    hint="count the place again when the proposal is refused",
)
far = walk(
    lambda x: -(x**2) / 2 - 5000, 0.0, 2.4, 20_000, np.random.default_rng(1)
)
expect_close(
    np.var(far),
    1.0,
    rtol=0,
    atol=0.1,
    what="variance of a Gaussian whose density underflows",
    hint="compare logarithms, not densities",
)
near = walk(log_p, 1.0, 1e-3, 100, np.random.default_rng(2))
expect_equal(
    bool(np.max(np.abs(np.diff(near))) < 0.01),
    True,
    what="whether a small step leads to near places",
    hint="use the step that you are given",
)
flat = walk(lambda x: 0.0, 1.0, 2.0, 3, np.random.default_rng(3))
expect_equal(
    bool(flat[0] != 1),
    True,
    what="whether the first place comes after the start",
    hint="take a step, then append; the start itself is left out",
)

# %% solution
import numpy as np


def walk(log_p, x, step, n, rng):
    """The n places of a Metropolis chain after x, shape (n,)."""
    path = []
    for _ in range(n):
        y = x + step * rng.normal()
        if np.log(rng.random()) < log_p(y) - log_p(x):
            x = y
        path.append(x)
    return np.array(path)

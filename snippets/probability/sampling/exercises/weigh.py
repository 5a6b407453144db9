# %% starter
import numpy as np


def weigh(f, log_p, log_q):
    """Self-normalised mean of f, and the effective size."""
    w = np.exp(log_p) / np.exp(log_q)
    return np.mean(w * f), 1 / np.max(w)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

f = np.array([1.0, 2.0, 4.0])
log_p, log_q = np.log([0.2, 0.5, 0.3]), np.log([0.4, 0.5, 0.1])
w = np.array([0.5, 1.0, 3.0])
found = weigh(f, log_p, log_q)
expect_equal(len(found), 2, what="number of results", hint="mean and size")
expect_close(
    found[0],
    w @ f / w.sum(),
    rtol=1e-9,
    what="mean",
    hint="divide by the sum of the weights, not by n",
)
expect_close(
    found[1],
    w.sum() ** 2 / np.sum(w**2),
    rtol=1e-9,
    what="effective size",
    hint="the square of the sum over the sum of squares",
)
hint = "subtract the largest log-weight before you exponentiate"
for p, q in ((-2000, 0), (0, -2000), (0, 2000)):
    expect_close(
        weigh(f, log_p + p, log_q + q),
        found,
        rtol=1e-9,
        what="results for a density in another unit",
        hint=hint,
    )
w = np.exp([0.0, 0.5, 1.0])
expect_close(
    weigh(f, np.array([-2000.0, -1000, 0]), np.array([-2000, -1000.5, -1])),
    [w @ f / w.sum(), w.sum() ** 2 / np.sum(w**2)],
    rtol=1e-9,
    what="results for densities that differ widely, and weights that do not",
    hint="divide as logarithms: ln p − ln q first",
)
expect_close(
    weigh(f, np.array([-3000.0, -3000, 0]), np.zeros(3)),
    [4.0, 1.0],
    rtol=1e-9,
    what="results for weights that differ widely",
    hint=hint,
)
expect_close(
    weigh(f, np.array([-np.inf, 0, 0]), np.zeros(3)),
    [3.0, 2.0],
    rtol=1e-9,
    what="results if the first weight is zero",
    hint=hint,
)
expect_close(
    weigh(f, np.array([0.0, -np.inf, -np.inf]), log_q),
    [1.0, 1.0],
    rtol=1e-9,
    what="results if one draw alone has a weight",
    hint="a weight of zero is fine",
)

# %% solution
import numpy as np


def weigh(f, log_p, log_q):
    """Self-normalised mean of f, and the effective size."""
    log_w = log_p - log_q
    w = np.exp(log_w - np.max(log_w))
    return w @ f / np.sum(w), np.sum(w) ** 2 / np.sum(w**2)

# %% starter
import numpy as np


def nucleus(p, s):
    """The fewest symbols with a sum of s or more, as a distribution."""
    order = np.argsort(-p)
    kept = order[np.cumsum(p[order]) < s]
    q = np.zeros_like(p)
    q[kept] = p[kept]
    return q / q.sum()


# %% check
import numpy as np

from derivable.grading import expect_close

p = np.array([0.125, 0.5, 0.25, 0.125])
cases = {
    1e-12: [0, 1, 0, 0],
    0.3: [0, 1, 0, 0],
    0.5: [0, 1, 0, 0],
    0.6: [0, 2 / 3, 1 / 3, 0],
    0.8: [1 / 7, 4 / 7, 2 / 7, 0],
    1.0: p,
}
for s, right in cases.items():
    with np.errstate(invalid="ignore"):
        found = nucleus(p, s)
    expect_close(
        found,
        right,
        what=f"the nucleus of {p} for the share {s}",
        hint="the symbol that reaches the share belongs to it, the next "
        "does not; of equal ones the first",
    )
expect_close(
    nucleus(np.array([0.5, 0.0, 0.5]), 1.0),
    [0.5, 0, 0.5],
    what="a symbol of probability 0",
    hint="it is not needed to reach the share",
)
for n, s in [(10, 0.8), (10, 0.9), (20, 0.4), (20, 0.45)]:
    expect_close(
        nucleus(np.full(n, 1 / n), s),
        np.where(np.arange(n) < round(n * s), 1 / round(n * s), 0),
        what=f"the nucleus of {n} equal symbols for the share {s}",
        hint="floats may sum to a little less than the share; allow 1e-9",
    )
expect_close(
    p,
    [0.125, 0.5, 0.25, 0.125],
    what="the distribution that was given",
    hint="do not change the argument",
)

# %% solution
import numpy as np

TOLERANCE = 1e-9


def nucleus(p, s):
    """The fewest symbols with a sum of s or more, as a distribution."""
    order = np.argsort(-p, kind="stable")
    short = np.cumsum(p[order])[:-1] < s - TOLERANCE
    kept = order[: 1 + np.sum(short)]
    q = np.zeros_like(p)
    q[kept] = p[kept]
    return q / q.sum()

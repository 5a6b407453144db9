# %% starter
import numpy as np


def kl(p, q):
    """Σ p ln(p / q), in nats."""
    p, q = np.asarray(p), np.asarray(q)
    seen = q > 0
    return np.sum(p[seen] * np.log(p[seen] / q[seen]))


# %% check
import numpy as np

from derivable.grading import expect_close

found = kl([0.4, 0.3, 0.3], [0.33, 0.33, 0.34])
expect_close(found, 0.010806760, what="kl of two near distributions")

expect_close(
    kl([0.5, 0.5], [1.0, 0.0]),
    np.inf,
    what="kl([½, ½], [1, 0])",
    hint="a term with q = 0 and p > 0 is infinite: it may not be left out",
)

expect_close(
    kl([1.0, 0.0, 0.0], [0.5, 0.5, 0.0]),
    np.log(2),
    what="kl([1, 0, 0], [½, ½, 0])",
    hint="0 ln 0 is 0: leave out the terms with p = 0",
)

table = np.full((2, 2), 0.25)
expect_close(kl(table, table), 0, what="kl of a table from itself")

# %% solution
import numpy as np


def kl(p, q):
    """Σ p ln(p / q), in nats."""
    p, q = np.asarray(p), np.asarray(q)
    seen = p > 0
    with np.errstate(divide="ignore"):
        return np.sum(p[seen] * (np.log(p[seen]) - np.log(q[seen])))

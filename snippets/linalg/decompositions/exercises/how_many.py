# %% starter
import numpy as np


def how_many(s, share):
    """Smallest k whose components keep at least `share` of the variance."""
    kept = np.cumsum(s) / np.sum(s)
    return int(np.argmax(kept >= share))


# %% check
import numpy as np

from derivable.grading import expect_equal

s = np.array([4.0, 2.0, 2.0, 1.0])  # squares 16, 4, 4, 1 of 25
for share, k in [(0.5, 1), (0.64, 1), (0.7, 2), (0.9, 3), (0.97, 4)]:
    expect_equal(
        how_many(s, share),
        k,
        what=f"how_many([4, 2, 2, 1], {share})",
        hint="variances are squares of singular values; k counts from 1",
    )
expect_equal(
    how_many(s / 7, 1.0),
    4,
    what="how_many for all of the variance",
    hint="rounding: the last share may be a little below 1",
)

# %% solution
import numpy as np


def how_many(s, share):
    """Smallest k whose components keep at least `share` of the variance."""
    kept = np.cumsum(s**2) / np.sum(s**2)
    return min(int(np.sum(kept < share - 1e-12)) + 1, len(s))

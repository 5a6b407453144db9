# %% starter
import numpy as np


def positions(n, width, base=10_000.0):
    """One row of waves for each of n positions, shape (n, width)."""
    t = np.arange(1, n + 1)[:, None]
    angles = t * base ** (np.arange(0, width, 2) / width)
    return np.hstack([np.sin(angles), np.cos(angles)])


# %% check
import numpy as np

from derivable.foundations import positional_encoding
from derivable.grading import expect_close, expect_equal, expect_raises

found = positions(3, 6)
expect_equal(np.shape(found), (3, 6), what="shape for 3 positions, width 6")
expect_close(
    found[0],
    [0, 1, 0, 1, 0, 1],
    what="position 0",
    hint="count from 0, and put each cosine beside its sine",
)
expect_close(
    found,
    positional_encoding(3, 6),
    what="positions(3, 6)",
    hint="the first wave is the fastest, one radian a position",
)
expect_close(
    positions(2, 4, base=7.0),
    positional_encoding(2, 4, base=7.0),
    what="with base 7",
)
expect_raises(ValueError, lambda: positions(3, 5), what="an odd width")

# %% solution
import numpy as np


def positions(n, width, base=10_000.0):
    """One row of waves for each of n positions, shape (n, width)."""
    if width % 2:
        raise ValueError(f"width must be even, got {width}")
    t = np.arange(n)[:, None]
    angles = t * base ** (-np.arange(0, width, 2) / width)
    rows = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return rows.reshape(n, width)

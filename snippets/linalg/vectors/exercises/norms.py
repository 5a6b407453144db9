# %% starter
import numpy as np


def lengths(X):
    """ℓ1, ℓ2 and ℓ∞ norm of every row of X, shape (n, 3)."""
    return np.array([np.sum(X), np.sqrt(np.sum(X**2)), np.max(X)])


# %% check
import numpy as np

from derivable.grading import expect_close

X = np.array([[3.0, -4.0], [0.0, 0.0], [-1.0, -1.0]])
expect_close(
    lengths(X),
    [[7, 5, 4], [0, 0, 0], [2, np.sqrt(2), 1]],
    what="lengths(X)",
    hint="one row of three norms for each row; signs do not count",
)
wide = np.random.default_rng(0).normal(size=(5, 40))
expect_close(
    lengths(wide),
    np.column_stack([np.linalg.norm(wide, p, axis=1) for p in (1, 2, np.inf)]),
    what="lengths of 5 rows with 40 entries",
    hint="axis=1 goes along a row",
)
expect_close(
    lengths(np.array([[-2.0]])), [[2, 2, 2]], what="lengths of one number"
)

# %% solution
import numpy as np


def lengths(X):
    """ℓ1, ℓ2 and ℓ∞ norm of every row of X, shape (n, 3)."""
    size = np.abs(X)
    return np.column_stack(
        [size.sum(axis=1), np.sqrt(np.sum(X**2, axis=1)), size.max(axis=1)]
    )

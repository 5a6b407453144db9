# %% starter
import numpy as np


def superfluous(A):
    """Indices of columns that are combinations of those before them."""
    Q, found = np.zeros((len(A), 0)), []
    for j in range(A.shape[1]):
        r = A[:, j] - Q @ (Q.T @ A[:, j])
        if np.all(r == 0):
            found.append(j)
        Q = np.column_stack([Q, r / np.linalg.norm(r)])
    return found


# %% check
import numpy as np

from derivable.grading import expect_equal

X = np.array([[900, 80, 20, 1000], [650, 70, 30, 750], [1200, 150, 50, 1400]])
expect_equal(
    superfluous(np.vstack([X, [800, 40, 10, 850]])),
    [3],
    what="superfluous of rent, heating, water and total",
    hint="rounding leaves a little of a column that depends on others",
)
expect_equal(
    superfluous(np.array([[1, 2, 0, 1], [1, 2, 1, 5], [1, 2, 1, 5]])),
    [1, 3],
    what="superfluous of two columns and two combinations",
    hint="what is left of a superfluous column is no direction",
)
rng = np.random.default_rng(0)
A = rng.normal(size=(9, 5))
mixed = np.column_stack([A[:, :3], A[:, :3] @ rng.normal(size=3), A[:, 3:]])
for scale in (1, 1e-20, 1e20):
    expect_equal(
        superfluous(scale * mixed),
        [3],
        what=f"superfluous of columns of size {scale:g}",
        hint="what is left is small or not beside the column itself",
    )
expect_equal(
    superfluous(np.array([[0.0, 1.0], [0.0, 1.0]])),
    [0],
    what="superfluous of a column of zeros and another",
    hint="zero is a combination of nothing, and has no direction",
)
close = np.array([[1, 1], [0, 1e-7]])
expect_equal(
    superfluous(close), [], what="superfluous of two nearly parallel columns"
)
i = np.arange(6)
expect_equal(
    superfluous(1 / (i[:, None] + i + 1)),
    [],
    what="superfluous of the 6 by 6 Hilbert matrix",
    hint="the tolerance is for rounding, not for what is nearly dependent",
)

# %% solution
import numpy as np


def superfluous(A):
    """Indices of columns that are combinations of those before them."""
    Q, found = np.zeros((len(A), 0)), []
    for j in range(A.shape[1]):
        r = A[:, j]
        for _ in range(2):
            r = r - Q @ (Q.T @ r)
        length = np.linalg.norm(r)
        if length <= 1e-12 * np.linalg.norm(A[:, j]):
            found.append(j)
        else:
            Q = np.column_stack([Q, r / length])
    return found

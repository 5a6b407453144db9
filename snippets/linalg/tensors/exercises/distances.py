# %% starter
import numpy as np


def squared_distances(X, Y):
    """Squared distances of all rows of X to all rows of Y: (m, n)."""
    return np.sum((X - Y) ** 2, axis=1)


# %% check
import numpy as np
from scipy.spatial.distance import cdist

from derivable.grading import expect_close

rng = np.random.default_rng(0)
for m, n, d in [(4, 4, 2), (3, 5, 2), (1, 3, 4), (2, 1, 1)]:
    X, Y = rng.normal(size=(m, d)), rng.normal(size=(n, d))
    expect_close(
        squared_distances(X, Y),
        cdist(X, Y) ** 2,
        what=f"distances for m = {m}, n = {n}, d = {d}",
        hint="each row of X meets each row of Y: the axes are m, n and d",
    )
X, Y = X + 1e8, Y + 1e8
expect_close(
    squared_distances(X, Y),
    cdist(X, Y) ** 2,
    what="distances of points far from the origin",
    hint="subtract first: the difference of two large squares has few digits",
)

# %% solution
import numpy as np


def squared_distances(X, Y):
    """Squared distances of all rows of X to all rows of Y: (m, n)."""
    return np.sum((X[:, None, :] - Y[None, :, :]) ** 2, axis=-1)

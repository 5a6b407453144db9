# %% starter
import numpy as np


def worst_chord(f, X):
    """The smallest midpoint gap over all pairs of rows of X."""
    gaps = [f((x + y) / 2) - (f(x) + f(y)) / 2 for x in X for y in X]
    return min(gaps)


# %% check
import numpy as np

from derivable.grading import expect_close

X = np.array([[-1.0, 0.0], [1.0, 0.0], [0.0, 2.0]])
gap = worst_chord(lambda x: (x[0] ** 2 - 1) ** 2, X)
expect_close(
    gap,
    -1,
    what="worst chord of (x₁² − 1)²",
    hint="chord minus graph, not graph minus chord",
)
gap = worst_chord(lambda x: x @ x, X)
expect_close(
    gap,
    1,
    what="worst chord of ‖x‖² over three points",
    hint="a point paired with itself has gap 0; pair different rows only",
)
gap = worst_chord(lambda x: 3 * x[0] - x[1], X)
expect_close(gap, 0, what="worst chord of a linear function", atol=1e-12)
rng = np.random.default_rng(0)
X = rng.normal(size=(20, 3))
gap = worst_chord(lambda x: x[0] * x[1] + x[2] ** 2, X)
i, j = np.triu_indices(20, 1)
d = (X[i] - X[j]) / 2
expect_close(
    gap,
    np.min(d[:, 0] * d[:, 1] + d[:, 2] ** 2),
    what="worst chord of x₁x₂ + x₃² over twenty points",
)

# %% solution
from itertools import combinations


def worst_chord(f, X):
    """The smallest midpoint gap over all pairs of rows of X."""
    return min(
        (f(x) + f(y)) / 2 - f((x + y) / 2) for x, y in combinations(X, 2)
    )

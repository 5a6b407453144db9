# %% starter
import numpy as np


def solve_tridiagonal(below, diagonal, above, b):
    """Solve with three diagonals, of lengths n - 1, n and n - 1."""
    pivots, x = np.array(diagonal, float).tolist(), np.array(b, float).tolist()
    n = len(x)
    for i in range(1, n):
        pivots[i] -= below[i - 1] / pivots[i - 1] * above[i - 1]
    for i in reversed(range(n)):
        x[i] = x[i] / pivots[i]
    return np.array(x)


# %% check
from derivable.grading import expect_close, expect_equal

expect_close(
    solve_tridiagonal([1.0], [2.0, 3.0], [1.0], [3.0, 4.0]),
    [1.0, 1.0],
    what="a system of two equations",
)
expect_close(
    solve_tridiagonal([], [4.0], [], [2.0]),
    [0.5],
    what="a system of one equation",
    hint="there is nothing to eliminate",
)
rng = np.random.default_rng(0)
below, above, b = rng.uniform(-1, 1, size=(3, 6))
A = np.diag(np.full(7, 3.0)) + np.diag(below, -1) + np.diag(above, 1)
expect_close(
    solve_tridiagonal(below, np.full(7, 3.0), above, A @ np.arange(7)),
    np.arange(7),
    what="a system whose two sides differ",
    hint="which of them stands in the row that is eliminated?",
)
n = 100_000
diagonal, side = np.full(n, 3.0), np.ones(n - 1)
b = np.full(n, 5.0)
b[[0, -1]] = 4
expect_close(
    solve_tridiagonal(side, diagonal, side, b),
    np.ones(n),
    what=f"{n} equations",
    hint="keep three diagonals: a whole matrix would fill the memory",
)
expect_equal(
    (diagonal.min(), b.max()),
    (3.0, 5.0),
    what="the arrays of the caller afterwards",
    hint="work on copies",
)

# %% solution
import numpy as np


def solve_tridiagonal(below, diagonal, above, b):
    """Solve with three diagonals, of lengths n - 1, n and n - 1."""
    pivots, x = np.array(diagonal, float).tolist(), np.array(b, float).tolist()
    n = len(x)
    for i in range(1, n):
        factor = below[i - 1] / pivots[i - 1]
        pivots[i] -= factor * above[i - 1]
        x[i] -= factor * x[i - 1]
    x[-1] /= pivots[-1]
    for i in reversed(range(n - 1)):
        x[i] = (x[i] - above[i] * x[i + 1]) / pivots[i]
    return np.array(x)

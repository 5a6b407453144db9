# %% starter
import numpy as np


def solve_upper(R, y):
    """The solution x of R x = y for an upper triangular R."""
    x = np.zeros(len(y))
    for i in range(len(y)):
        x[i] = y[i] / R[i, i] - R[i, :i] @ x[:i]
    return x


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

R = np.array([[3, 3], [0, 3]])
expect_close(
    solve_upper(R, np.array([9, 6])),
    [1, 2],
    what="the solution of 3s + 3t = 9 and 3t = 6",
    hint="begin with the row that has one unknown",
)
rng = np.random.default_rng(0)
R = np.triu(rng.uniform(1, 2, size=(6, 6)))
x = rng.normal(size=6)
before = R.copy()
expect_close(
    solve_upper(R, R @ x),
    x,
    what="a solution with 6 unknowns",
    hint="subtract what is known from y first, then divide",
)
expect_equal(R.tolist(), before.tolist(), what="R after the call")
expect_close(
    solve_upper(np.array([[2.0]]), np.array([3.0])),
    [1.5],
    what="one equation with one unknown",
)
expect_raises(
    ValueError,
    solve_upper,
    np.array([[1.0, 2.0], [0.0, 0.0]]),
    np.array([1.0, 1.0]),
    what="solve_upper with a zero on the diagonal",
)

# %% solution
import numpy as np


def solve_upper(R, y):
    """The solution x of R x = y for an upper triangular R."""
    if np.any(np.diag(R) == 0):
        raise ValueError("the diagonal of R must not hold a zero")
    x = np.zeros(len(y))
    for i in reversed(range(len(y))):
        x[i] = (y[i] - R[i, i + 1 :] @ x[i + 1 :]) / R[i, i]
    return x

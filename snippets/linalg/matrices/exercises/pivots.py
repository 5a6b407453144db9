# %% starter
import numpy as np


def det(A):
    """Determinant by elimination."""
    U = np.array(A, dtype=float)
    n = len(U)
    for k in range(n - 1):
        for i in range(k + 1, n):
            U[i] = U[i] - U[i, k] / U[k, k] * U[k]
    return np.prod(np.diag(U))


# %% check
from derivable.grading import expect_close

expect_close(det([[2, 1], [5, 3]]), 1.0, what="det [[2, 1], [5, 3]]")
expect_close(
    det([[1e-20, 1, 1], [1, 1, 2], [1, 2, 1]]),
    2.0,
    what="det of a matrix with a tiny first pivot",
    hint="take the largest entry of the column as the pivot",
)
expect_close(
    det([[1e-20, 1, 1], [-1, 1, 2], [-1, 2, 1]]),
    -2.0,
    what="det of the same with two signs changed",
    hint="the largest by absolute value",
)
expect_close(
    det([[0, 1], [1, 0]]),
    -1.0,
    what="det of the exchange of two rows",
    hint="a zero pivot needs an exchange, and an exchange changes the sign",
)
expect_close(
    det([[0, 0, 1], [1, 0, 0], [0, 1, 0]]),
    1.0,
    what="det of a cycle of three rows",
    hint="two exchanges change the sign twice",
)
expect_close(
    det([[1, 2, 0], [2, 4, 0], [1, 0, 3]]),
    0.0,
    what="det of a singular matrix",
    hint="a column of zeros below the pivot leaves nothing to eliminate",
)
expect_close(det([[3]]), 3.0, what="det [[3]]")
A = np.random.default_rng(0).normal(size=(6, 6))
expect_close(det(A), np.linalg.det(A), what="det of a random matrix")

# %% solution
import numpy as np


def det(A):
    """Determinant by elimination."""
    U = np.array(A, dtype=float)
    n, sign = len(U), 1.0
    for k in range(n - 1):
        p = k + np.argmax(np.abs(U[k:, k]))
        if U[p, k] == 0:
            return 0.0
        if p != k:
            U[[k, p]] = U[[p, k]]
            sign = -sign
        for i in range(k + 1, n):
            U[i] = U[i] - U[i, k] / U[k, k] * U[k]
    return sign * np.prod(np.diag(U))

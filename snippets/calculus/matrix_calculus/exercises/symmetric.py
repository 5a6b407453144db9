# %% starter
import numpy as np


def free_gradient(G):
    """From independent entries to the free entries of a symmetric X.

    G is the gradient as if all entries were independent. Entry (i, j) of
    the result is the derivative when X[i, j] and X[j, i] move together.
    """
    return 2 * G


# %% check
from derivable.grading import expect_close

G = np.array([[1.0, 2.0], [4.0, 8.0]])
expect_close(
    free_gradient(G),
    [[1, 6], [6, 8]],
    what="free_gradient([[1, 2], [4, 8]])",
    hint="off the diagonal two entries move, on it one",
)
P = np.linalg.inv([[2.0, 0.3], [0.3, 1.0]])
expect_close(
    free_gradient(P.T),
    2 * P - np.diag(np.diag(P)),
    what="the log-determinant of a symmetric X",
)
expect_close(free_gradient(np.array([[3.0]])), [[3]], what="a 1 × 1 matrix")

# %% solution
import numpy as np


def free_gradient(G):
    """From independent entries to the free entries of a symmetric X."""
    return G + G.T - np.diag(np.diag(G))

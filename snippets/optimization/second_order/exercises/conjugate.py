# %% starter
import numpy as np


def solve(A, b, steps):
    """Iterates for A x = b from zero, shape (steps + 1, n)."""
    x = np.zeros(len(b))
    r = b - A @ x
    path = [x]
    for _ in range(steps):
        alpha = (r @ r) / (r @ A @ r)
        x = x + alpha * r
        r = b - A @ x
        path.append(x)
    return np.array(path)


# %% check
import numpy as np

from derivable.grading import expect_close

A = np.array([[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]])
b = np.array([1.0, 2.0, 3.0])
path = solve(A, b, 3)
expect_close(np.shape(path), (4, 3), what="the shape of the path")
expect_close(
    path[1],
    (b @ b) / (b @ A @ b) * b,
    what="the first step",
    hint="it is that of steepest descent",
)
expect_close(
    path[3],
    np.linalg.solve(A, b),
    what="the third iterate",
    hint="the next direction keeps a part of the last one",
)
expect_close(
    solve(np.eye(2), np.zeros(2), 2),
    np.zeros((3, 2)),
    what="the path for b = 0",
    hint="stop dividing when the residual is zero",
)

# %% solution
import numpy as np


def solve(A, b, steps):
    """Iterates for A x = b from zero, shape (steps + 1, n)."""
    x = np.zeros(len(b))
    r = p = b  # what is left of b at zero
    path = [x]
    for _ in range(steps):
        if r @ r > 0:
            alpha = (r @ r) / (p @ A @ p)
            x = x + alpha * p
            new = r - alpha * (A @ p)
            p = new + (new @ new) / (r @ r) * p
            r = new
        path.append(x)
    return np.array(path)

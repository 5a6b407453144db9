# %% starter
import numpy as np


def solve_gradients(A, b, g):
    """Gradients of g @ y for A and for b, where A y = b."""
    u = np.linalg.solve(A, g)
    return -np.outer(u, b), u


# %% check
import numpy as np

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close, expect_equal

A = np.array([[3.0, 1.0, 0.0], [-1.0, 2.0, 0.5], [0.2, 0.0, 1.0]])
b, g = np.array([1.0, -2.0, 0.5]), np.array([0.3, 1.0, -1.0])
of_matrix, of_right = solve_gradients(A, b, g)
expect_equal(np.shape(of_matrix), (3, 3), what="shape for A")
expect_close(
    of_right,
    numerical_gradient(lambda b: g @ np.linalg.solve(A, b), b),
    rtol=1e-6,
    what="gradient for b",
    hint="backwards the system is transposed",
)
expect_close(
    of_matrix,
    numerical_gradient(lambda A: g @ np.linalg.solve(A, b), A),
    rtol=1e-6,
    what="gradient for A",
    hint="the outer product has the solution in it, not the right side",
)
expect_close(
    solve_gradients(np.array([[4.0]]), np.array([8.0]), np.array([1.0]))[0],
    [[-0.5]],
    what="one unknown",
    hint="y = b / A has the slope −b / A²",
)

# %% solution
import numpy as np


def solve_gradients(A, b, g):
    """Gradients of g @ y for A and for b, where A y = b."""
    y = np.linalg.solve(A, b)
    u = np.linalg.solve(A.T, g)
    return -np.outer(u, y), u

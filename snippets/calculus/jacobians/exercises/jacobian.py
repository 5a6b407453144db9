# %% starter
import numpy as np


def small_jacobian(f, x, h=1e-6):
    """J[i, j] = ∂f_i / ∂x_j by central differences, shape (m, n)."""
    x = np.asarray(x, dtype=float)
    rows = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(x.size)]
    return np.array(rows)


# %% check
from derivable.grading import expect_close

expect_close(
    small_jacobian(lambda x: np.array([x[0] * x[1], x[1], x[0]]), [2, 3]),
    [[3, 2], [0, 1], [1, 0]],
    what="the Jacobian of (xy, y, x) at (2, 3)",
    rtol=1e-6,
    atol=1e-6,
    hint="row i belongs to output i, column j to input j",
)
expect_close(
    small_jacobian(
        lambda x: np.array([x[0] ** 2 + x[1], x[0] * x[1]]), [1, 2]
    ),
    [[2, 1], [2, 1]],
    what="the Jacobian of (x² + y, xy) at (1, 2)",
    rtol=1e-6,
    atol=1e-6,
)
expect_close(
    small_jacobian(lambda x: 3 * x, [1.0]),
    [[3]],
    what="the Jacobian of 3x",
    rtol=1e-6,
)

# %% solution
import numpy as np


def small_jacobian(f, x, h=1e-6):
    """J[i, j] = ∂f_i / ∂x_j by central differences, shape (m, n)."""
    x = np.asarray(x, dtype=float)
    columns = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(x.size)]
    return np.stack(columns, axis=1)

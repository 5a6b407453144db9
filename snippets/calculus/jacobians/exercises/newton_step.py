# %% starter
import numpy as np


def minimise(gradient, hessian, x, steps=20):
    """Newton's iterates for a minimum, shape (steps + 1, n)."""
    path = [np.asarray(x, dtype=float)]
    for _ in range(steps):
        x = path[-1]
        path.append(x - hessian(x) @ gradient(x))
    return np.array(path)


# %% check
from derivable.grading import expect_close, expect_raises

A = np.array([[4.0, 1.0], [1.0, 3.0]])
b = np.array([1.0, 2.0])
path = minimise(lambda x: A @ x - b, lambda _: A, [10.0, -7.0], steps=2)
expect_close(
    path.shape, (3, 2), what="the shape of the path", hint="start included"
)
expect_close(
    path[1],
    np.linalg.solve(A, b),
    what="one step on a quadratic",
    hint="solve H s = ∇f; do not multiply by H",
)
path = minimise(
    lambda x: 2 * x + np.exp(x), lambda x: np.diag(2 + np.exp(x)), [3.0]
)
expect_close(
    2 * path[-1] + np.exp(path[-1]),
    [0.0],
    what="the gradient at the end",
    atol=1e-9,
)
expect_close(
    minimise(lambda x: 4 * x**3, lambda x: np.diag(12 * x**2), [3], steps=1),
    [[3.0], [2.0]],
    what="a step from the integer 3",
    hint="the iterates are no integers",
)
expect_raises(
    np.linalg.LinAlgError,
    minimise,
    lambda x: x,
    lambda _: np.ones((1, 2)),
    [1.0, 1.0],
    what="a step with a Hessian that is not square",
    hint="there is no such step: let the solver say so",
)

# %% solution
import numpy as np


def minimise(gradient, hessian, x, steps=20):
    """Newton's iterates for a minimum, shape (steps + 1, n)."""
    path = [np.asarray(x, dtype=float)]
    for _ in range(steps):
        x = path[-1]
        path.append(x - np.linalg.solve(hessian(x), gradient(x)))
    return np.array(path)

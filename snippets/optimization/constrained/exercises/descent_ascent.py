# %% starter
import numpy as np


def descent_ascent(gradient, A, b, x, rate, num_steps):
    """Minimise f subject to Ax = b: all x, shape (T + 1, n)."""
    path, nu = [x], np.zeros(len(b))
    for _ in range(num_steps):
        x = x - rate * (gradient(x) + A.T @ nu)
        nu = nu - rate * (A @ x - b)
        path.append(x)
    return np.array(path)


# %% check
import numpy as np

from derivable.grading import expect_close

A, b = np.array([[1.0, 1.0]]), np.array([4.0])
start = np.array([1.0, 0.0])
with np.errstate(all="ignore"):
    path = descent_ascent(lambda x: 2 * x, A, b, start, 0.1, 400)
expect_close(
    path[-1],
    [2.0, 2.0],
    what="the end of the path",
    hint="L is a saddle: which of x and ν must climb?",
)
expect_close(path[0], start, what="the first row", hint="keep the start")
expect_close(np.shape(path), (401, 2), what="the shape of the path")
rng = np.random.default_rng(0)
A, b, c = rng.normal(size=(2, 4)), rng.normal(size=2), rng.normal(size=4)
K = np.block([[np.eye(4), A.T], [A, np.zeros((2, 2))]])
with np.errstate(all="ignore"):
    path = descent_ascent(lambda x: x - c, A, b, np.zeros(4), 0.1, 4000)
expect_close(
    path[-1],
    np.linalg.solve(K, np.append(c, b))[:4],
    rtol=1e-6,
    what="two constraints on four unknowns",
    hint="every constraint has its own multiplier",
)

# %% solution
import numpy as np


def descent_ascent(gradient, A, b, x, rate, num_steps):
    """Minimise f subject to Ax = b: all x, shape (T + 1, n)."""
    path, nu = [x], np.zeros(len(b))
    for _ in range(num_steps):
        x = x - rate * (gradient(x) + A.T @ nu)
        nu = nu + rate * (A @ x - b)
        path.append(x)
    return np.array(path)

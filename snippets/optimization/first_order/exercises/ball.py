# %% starter
import numpy as np


def heavy_ball(gradient, x0, rate, beta, num_steps):
    """All iterates of momentum, shape (num_steps + 1, n)."""
    x, v = x0, np.zeros_like(x0)
    path = []
    for _ in range(num_steps):
        v = beta * v + (1 - beta) * gradient(x)
        x -= rate * v
        path.append(x)
    return np.array(path)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal
from derivable.optimization import minimize, momentum, quadratic

x0 = np.array([3.0, -1.0])
bowl = quadratic(np.diag([1.0, 20.0]))
path = heavy_ball(bowl.gradient, x0, 0.05, 0.6, 9)
expect_equal(
    np.shape(path), (10, 2), what="shape", hint="the start is an iterate"
)
expect_close(x0, [3, -1], what="x0 after the call", hint="x -= writes in it")
expect_close(path[0], [3, -1], what="the first iterate")
expect_close(
    path[1:3],
    [[2.85, 0.0], [2.6175, 0.6]],
    what="two steps",
    hint="v is the sum β v + g",
)
expect_close(
    path,
    minimize(bowl, x0, momentum(0.05, beta=0.6), num_steps=9).x,
    what="nine steps",
)
expect_close(heavy_ball(bowl.gradient, x0, 0.05, 0.6, 0), [x0], what="no step")

# %% solution
import numpy as np


def heavy_ball(gradient, x0, rate, beta, num_steps):
    """All iterates of momentum, shape (num_steps + 1, n)."""
    x, v = np.array(x0, float), np.zeros_like(x0)
    path = [x]
    for _ in range(num_steps):
        v = beta * v + gradient(x)
        x = x - rate * v
        path.append(x)
    return np.array(path)

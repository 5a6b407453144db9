# %% starter
import numpy as np


def round_robin(gradient, x0, learning_rate, num_workers, num_steps):
    """Workers in turn: one hands in its gradient, and takes the new x.

    All begin with x0 (p,). Return all iterates, (num_steps + 1, p).
    """
    x = [np.array(x0, dtype=float)]
    for t in range(num_steps):
        x.append(x[t] - learning_rate * gradient(x[t]))
    return np.array(x)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal
from derivable.learning import delayed_gradient_descent

H = np.array([[2.0, 0.5], [0.5, 1.0]])


def gradient(x):
    return H @ x


for K in (1, 2, 5):
    found = round_robin(gradient, [1.0, -2.0], 0.1, K, 40)
    expect_equal(
        np.shape(found), (41, 2), what="the shape", hint="start and 40 steps"
    )
    expect_close(
        found,
        delayed_gradient_descent(
            gradient, [1.0, -2.0], learning_rate=0.1, delay=K - 1, num_steps=40
        ),
        what=f"the iterates with {K} workers",
        hint="each worker's gradient is of the x that it took K steps ago",
    )
start = np.array([1.0, -2.0])
round_robin(gradient, start, 0.1, 3, 5)
expect_close(start, np.array([1.0, -2.0]), what="x0", hint="do not change it")
expect_close(
    round_robin(gradient, start, 0.1, 3, 0),
    start[None],
    what="no step",
    hint="the start is an iterate",
)

# %% solution
import numpy as np


def round_robin(gradient, x0, learning_rate, num_workers, num_steps):
    """Workers in turn: one hands in its gradient, and takes the new x.

    All begin with x0 (p,). Return all iterates, (num_steps + 1, p).
    """
    x = [np.array(x0, dtype=float)]
    taken = [x[0]] * num_workers
    for t in range(num_steps):
        k = t % num_workers
        x.append(x[t] - learning_rate * gradient(taken[k]))
        taken[k] = x[-1]
    return np.array(x)

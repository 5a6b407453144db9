# %% starter
import numpy as np


def descend(grad, x0, *, learning_rate, num_steps):
    """All iterates of gradient descent, shape (num_steps + 1, n)."""
    x = np.asarray(x0)
    path = [x]
    for _ in range(num_steps):
        x -= learning_rate * grad(x)
        path.append(x)
    return np.array(path)


# %% check
import numpy as np

from derivable.grading import expect_close


def bowl(x):
    return 2 * x


start = np.array([3.0, 4.0])
path = descend(bowl, start, learning_rate=0.25, num_steps=3)
expect_close(start, [3, 4], what="x0 after the call", hint="x -= writes in it")
expect_close(
    path,
    [[3, 4], [1.5, 2], [0.75, 1], [0.375, 0.5]],
    what="descend from (3, 4)",
    hint="are all rows the same array?",
)
path = descend(bowl, [3, 4], learning_rate=0.25, num_steps=1)
expect_close(path, [[3, 4], [1.5, 2]], what="descend from integers")
path = descend(bowl, start, learning_rate=0.25, num_steps=0)
expect_close(path, [[3, 4]], what="descend for no steps")

# %% solution
import numpy as np


def descend(grad, x0, *, learning_rate, num_steps):
    """All iterates of gradient descent, shape (num_steps + 1, n)."""
    path = [np.array(x0, dtype=float)]
    for _ in range(num_steps):
        x = path[-1]
        path.append(x - learning_rate * grad(x))
    return np.array(path)

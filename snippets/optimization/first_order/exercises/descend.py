# %% starter
import numpy as np


def best_descent(A, x0, num_steps):
    """All iterates on ½ xᵀA x with the best fixed step, and the rate."""
    lam = np.linalg.eigvalsh(A)
    alpha = 1 / lam[-1]
    x = x0
    path = [x]
    for _ in range(num_steps - 1):
        x = x - alpha * A @ x
        path.append(x)
    return np.array(path), 1 - alpha * lam[0]


# %% check
import numpy as np

from derivable.grading import expect_close

path, rate = best_descent(np.diag([1.0, 9.0]), np.array([1.0, 1.0]), 3)
expect_close(
    path.shape,
    (4, 2),
    what="shape of the path of 3 steps",
    hint="three steps make four iterates, the start included",
)
expect_close(
    rate,
    0.8,
    what="rate for κ = 9",
    hint="(κ − 1)/(κ + 1) at the step 2/(L + μ)",
)
expect_close(path[1], [0.8, -0.8], what="first iterate", hint="α = 2/10")
expect_close(path[-1], [0.512, -0.512], what="third iterate")
path, rate = best_descent(3 * np.eye(2), np.array([5.0, -1.0]), 1)
expect_close(path[-1], [0, 0], what="one step on a round bowl")
expect_close(rate, 0, what="rate of a round bowl")

# %% solution
import numpy as np


def best_descent(A, x0, num_steps):
    """All iterates on ½ xᵀA x with the best fixed step, and the rate."""
    lam = np.linalg.eigvalsh(A)
    mu, L = lam[0], lam[-1]
    alpha = 2 / (L + mu)
    path = [np.array(x0, dtype=float)]
    for _ in range(num_steps):
        path.append(path[-1] - alpha * A @ path[-1])
    return np.array(path), (L - mu) / (L + mu)

# %% starter
import numpy as np


def newton(f, gradient, hessian, x, steps=30):
    """Newton's iterates, shape (steps + 1, n); f never rises."""
    path = [np.array(x, dtype=float)]
    for _ in range(steps):
        x, g = path[-1], gradient(path[-1])
        d = np.linalg.solve(hessian(x), -g)
        path.append(x + d)
    return np.array(path)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal


def f(x):
    return float(np.sum(np.hypot(1, x)))


def slope(x):
    return x / np.hypot(1, x)


def second(x):
    return np.diag(np.hypot(1, x) ** -3.0)


path = newton(f, slope, second, [3, -2], steps=25)
expect_close(np.shape(path), (26, 2), what="the shape of the path")
expect_close(path[-1], [0.0, 0.0], what="the end from (3, -2)", atol=1e-8)
falls = np.diff([f(x) for x in path])
expect_equal(
    bool(falls.max() <= 0),
    True,
    what="that f never rises",
    hint="halve the step",
)
near = newton(f, slope, second, [0.5], steps=1)
expect_close(
    near[1], [-0.125], what="the step from 0.5", hint="try the full step first"
)
still = newton(f, slope, second, [0.0], steps=3)
expect_close(still, np.zeros((4, 1)), what="the path from the minimum")

# %% solution
import numpy as np


def newton(f, gradient, hessian, x, steps=30):
    """Newton's iterates, shape (steps + 1, n); f never rises."""
    path = [np.array(x, dtype=float)]
    for _ in range(steps):
        x, g = path[-1], gradient(path[-1])
        d = np.linalg.solve(hessian(x), -g)
        alpha = 1.0
        while f(x + alpha * d) > f(x) + 1e-4 * alpha * (g @ d):
            alpha /= 2
            if alpha < 1e-12:  # rounding is all that is left
                alpha = 0.0
                break
        path.append(x + alpha * d)
    return np.array(path)

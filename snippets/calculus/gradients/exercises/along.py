# %% starter
import numpy as np


def gap_along(f, grad, x, d, h=6e-6):
    """|promised − measured| slope of f along d; x and d of one shape."""
    measured = (f(x + h * d) - f(x - h * d)) / (2 * h)
    return abs(grad(x) @ d - measured)


# %% check
import numpy as np

from derivable.grading import expect_close


def f(x):
    return np.sum(np.sin(x) * x)


def grad(x):
    return np.cos(x) * x + np.sin(x)


x, d = np.array([0.5, -1.0, 2.0]), np.array([1.0, 2.0, -2.0])
expect_close(
    gap_along(f, grad, x, d), 0, atol=1e-8, what="gap of a right gradient"
)
wrong = [3.0, 0, 0]
for length in (1, 30, 0.01):
    expect_close(
        gap_along(f, lambda x: grad(x) + wrong, x, length * d),
        1,
        atol=1e-7,
        what=f"gap if entry 0 is off by 3, along {length} · (1, 2, −2)",
        hint="only the direction of d may matter: divide by its length",
    )
expect_close(
    gap_along(f, lambda x: grad(x) - wrong, x, d),
    1,
    atol=1e-7,
    what="gap if entry 0 is off by −3",
    hint="a gap has no sign",
)
X, D = np.array([[0.5, 1.0], [2.0, -1.0]]), np.array([[1.0, 1.0], [1.0, -1.0]])
expect_close(
    gap_along(f, lambda X: grad(X) + D, X, D),
    2,
    atol=1e-7,
    what="gap for a matrix, if the gradient is off by D itself",
    hint="multiply entry by entry and add up; @ multiplies matrices",
)
expect_close(
    gap_along(lambda x: x @ x, lambda x: 2 * x, np.array([3, 4]), [0, 1]),
    0,
    atol=1e-7,
    what="gap at integers, along a list",
)

# %% solution
import numpy as np


def gap_along(f, grad, x, d, h=6e-6):
    """|promised − measured| slope of f along d; x and d of one shape."""
    u = np.asarray(d, dtype=float)
    u = u / np.linalg.norm(u)
    measured = (f(x + h * u) - f(x - h * u)) / (2 * h)
    return abs(np.sum(grad(x) * u) - measured)

# %% starter
import numpy as np


def safe_step(f, gradient, x, L):
    """A step of 1/L, after doubling L until the lemma's promise holds."""
    x = x - gradient(x) / L
    return x, L


# %% check
import numpy as np

from derivable.grading import expect_close

A = np.diag([1.0, 8.0])
f, gradient = lambda x: x @ A @ x / 2, lambda x: A @ x
x, L = safe_step(f, gradient, np.array([1.0, 1.0]), 1.0)
expect_close(
    L,
    8,
    what="L after a start at 1, for the curvatures 1 and 8",
    hint="double while f(x − g/L) > f(x) − ‖g‖²/(2L)",
)
expect_close(x, [0.875, 0], what="the step with that L")
x, L = safe_step(f, gradient, np.array([1.0, 0.0]), 1.0)
expect_close(
    (L, x[0]), (1, 0), what="along the flat axis", hint="test before doubling"
)
start = np.array([2.0, -1.0])
x, L = safe_step(f, gradient, start, 100.0)
expect_close(
    (L, *x), (100, 1.98, -0.92), what="L that is large enough already"
)
expect_close(start, [2, -1], what="the start after the call")
x, L = np.array([3.0, -2.0]), 1e-3
for _ in range(90):
    x, L = safe_step(f, gradient, x, L)
expect_close(x, [0, 0], atol=1e-3, what="ninety steps from L = 0.001")
rng = np.random.default_rng(0)
B, y = rng.normal(size=(20, 3)), rng.normal(size=20)  # true constant 2.7
f, gradient = (
    lambda w: np.mean((B @ w - y) ** 2),
    lambda w: B.T @ (B @ w - y) / 10,
)
x, L = np.zeros(3), 3.0
for _ in range(300):
    x, L = safe_step(f, gradient, x, L)
expect_close(
    L,
    3,
    what="L after 300 steps on least squares, from 3",
    hint="at the minimum rounding is larger than the promise: allow for it",
)
expect_close(x, np.linalg.lstsq(B, y)[0], what="the point after 300 steps")

# %% solution
import numpy as np


def safe_step(f, gradient, x, L):
    """A step of 1/L, after doubling L until the lemma's promise holds."""
    g = gradient(x)
    rounding = 1e-12 * abs(f(x))
    while f(x - g / L) > f(x) - g @ g / (2 * L) + rounding:
        L = 2 * L
    return x - g / L, L

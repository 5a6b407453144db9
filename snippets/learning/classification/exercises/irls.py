# %% starter
import numpy as np


def irls(X, y, ridge, num_steps):
    """Weights of a logistic regression after full Newton steps from 0."""
    n, d = X.shape
    w = np.zeros(d)
    for _ in range(num_steps):
        p = 1 / (1 + np.exp(-X @ w))
        H = X.T @ X / 4 / n + ridge * np.eye(d)
        w = w - np.linalg.solve(H, X.T @ (p - y) / n)
    return w


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises
from derivable.optimization import logistic_regression

rng = np.random.default_rng(1)
X = rng.normal(size=(40, 3))
y = (rng.random(40) < 0.5).astype(int)
w = irls(X, y, 0.1, 8)
expect_equal(np.shape(w), (3,), what="shape")
f = logistic_regression(X, y.astype(float), penalty=0.1)
expect_close(
    f.gradient(w),
    np.zeros(3),
    atol=1e-12,
    what="gradient after 8 steps",
    hint="the ridge is in the gradient too, and S is p(1 − p)",
)
one = np.linalg.solve(f.hessian(np.zeros(3)), -f.gradient(np.zeros(3)))
expect_close(irls(X, y, 0.1, 1), one, what="the first step")
expect_close(irls(X, y, 0.1, 0), np.zeros(3), what="no step at all")
expect_raises(
    ValueError,
    irls,
    X,
    y,
    -1.0,
    3,
    what="a negative ridge",
    hint="there is no minimum: −‖w‖² wins over a loss that grows like ‖w‖",
)

# %% solution
import numpy as np


def irls(X, y, ridge, num_steps):
    """Weights of a logistic regression after full Newton steps from 0."""
    if ridge < 0:
        raise ValueError(f"ridge must not be negative, got {ridge}")
    n, d = X.shape
    w = np.zeros(d)
    for _ in range(num_steps):
        p = 1 / (1 + np.exp(-X @ w))
        H = (X.T * p * (1 - p)) @ X / n + ridge * np.eye(d)
        w = w - np.linalg.solve(H, X.T @ (p - y) / n + ridge * w)
    return w

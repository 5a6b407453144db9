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
y = (rng.random(40) < 1 / (1 + np.exp(-3 * X[:, 0]))).astype(int)
expect_equal(np.shape(irls(X, y, 0.1, 8)), (3,), what="shape")
for ridge in (0.0, 0.01, 0.1):
    f = logistic_regression(X, y.astype(float), penalty=ridge)
    expect_close(
        f.gradient(irls(X, y, ridge, 8)),
        np.zeros(3),
        atol=1e-12,
        what=f"gradient after 8 steps with ridge {ridge}",
        hint="the ridge is in the gradient too, and S is p(1 − p)",
    )
one = np.linalg.solve(f.hessian(np.zeros(3)), -f.gradient(np.zeros(3)))
expect_close(irls(X, y, 0.1, 1), one, what="the first step")
expect_close(irls(X, y, 0.1, 0), np.zeros(3), what="no step at all")
for ridge in (-1.0, -1e-3):
    expect_raises(
        ValueError,
        irls,
        X,
        y,
        ridge,
        3,
        what=f"a ridge of {ridge}",
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

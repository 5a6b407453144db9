# %% starter
import numpy as np


def mse_gradients(X, y, w, b):
    """Gradients of the mean of (Xw + b − y)²: for w and for b."""
    residual = X @ w + b - y
    return 2 * X.T @ residual, 2 * residual


# %% check
import numpy as np

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close

rng = np.random.default_rng(0)
for n, d in [(7, 3), (1, 2), (5, 1)]:
    X, y = rng.normal(size=(n, d)), rng.normal(size=n)
    w, b = rng.normal(size=d), 0.3
    dw, db = mse_gradients(X, y, w, b)
    expect_close(
        dw,
        numerical_gradient(lambda w: np.mean((X @ w + b - y) ** 2), w),
        rtol=1e-6,
        what=f"gradient for w with n = {n}, d = {d}",
        hint="the mean divides by n; its gradient does too",
    )
    expect_close(
        db,
        numerical_gradient(lambda b: np.mean((X @ w + b - y) ** 2), b),
        rtol=1e-6,
        what=f"gradient for b with n = {n}",
        hint="b is one number and reaches all n residuals: add them up",
    )

# %% solution
import numpy as np


def mse_gradients(X, y, w, b):
    """Gradients of the mean of (Xw + b − y)²: for w and for b."""
    slope = 2 / len(y) * (X @ w + b - y)
    return X.T @ slope, np.sum(slope)

# %% starter
import numpy as np


def hypergradient(X, y, Z, t, s):
    """Slope in s = ln λ of mean((Z w − t)²), with ridge weights w."""
    lam = np.exp(s)
    w = np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
    return 2 * np.mean((Z @ w - t) * (Z @ w))


# %% check
import numpy as np

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(0)
X, Z = rng.normal(size=(8, 3)), rng.normal(size=(5, 3))
y, t = rng.normal(size=8), rng.normal(size=5)


def loss(s, d=3):
    A = X[:, :d].T @ X[:, :d] + np.exp(s) * np.eye(d)
    w = np.linalg.solve(A, X[:, :d].T @ y)
    return np.mean((Z[:, :d] @ w - t) ** 2)


expect_equal(
    np.shape(hypergradient(X, y, Z, t, 0.0)), (), what="shape: one number"
)
for s in (-2.0, 0.0, 3.0):
    expect_close(
        hypergradient(X, y, Z, t, s),
        float(numerical_gradient(loss, s)),
        rtol=1e-5,
        what=f"slope at s = {s}",
        hint="−λ gᵀ(XᵀX + λI)⁻¹w, with the λ of the chain rule",
    )
expect_close(
    hypergradient(X[:, :1], y, Z[:, :1], t, 1.0),
    float(numerical_gradient(lambda s: loss(s, 1), 1.0)),
    rtol=1e-5,
    what="one feature",
)

# %% solution
import numpy as np


def hypergradient(X, y, Z, t, s):
    """Slope in s = ln λ of mean((Z w − t)²), with ridge weights w."""
    lam = np.exp(s)
    A = X.T @ X + lam * np.eye(X.shape[1])
    w = np.linalg.solve(A, X.T @ y)
    g = 2 * Z.T @ (Z @ w - t) / len(t)
    return -lam * g @ np.linalg.solve(A, w)

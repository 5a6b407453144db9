# %% starter
import numpy as np


def dense_back(X, W, dZ):
    """Gradients for W, b and X of Z = X W + b, from dZ."""
    dW = dZ.T @ X
    db = dZ
    dX = dZ @ W
    return dW, db, dX


# %% check
import numpy as np

from derivable.calculus import grad
from derivable.grading import expect_close

rng = np.random.default_rng(1)
for n, d, k in [(5, 3, 2), (1, 4, 3), (3, 3, 3)]:
    X, W, G = (rng.normal(size=s) for s in [(n, d), (d, k), (n, k)])
    b = rng.normal(size=k)

    def loss(p, G=G):
        W, b, X = p
        return np.sum(G * (X @ W + b))

    hints = {
        "dW": "row i of X meets row i of dZ: X.T @ dZ, shape (d, k)",
        "db": "one bias reaches all n rows: add over them",
        "dX": "the shape (n, d) has one product that fits",
    }
    found, right = dense_back(X, W, G), grad(loss)((W, b, X))
    for (name, hint), mine, theirs in zip(
        hints.items(), found, right, strict=True
    ):
        expect_close(
            mine, theirs, what=f"{name} for n, d, k = {n}, {d}, {k}", hint=hint
        )

# %% solution
import numpy as np


def dense_back(X, W, dZ):
    """Gradients for W, b and X of Z = X W + b, from dZ."""
    dW = X.T @ dZ
    db = dZ.sum(axis=0)
    dX = dZ @ W.T
    return dW, db, dX

# %% starter
import numpy as np


def backward(X, Y, W1, W2, S):
    """Gradients of mean((relu(X W1) W2 + X S − Y)²) for X, W1, W2 and S;
    X (n, d), Y (n, 1), W1 (d, k), W2 (k, 1), S (d, 1)."""
    Z = X @ W1
    H = np.maximum(Z, 0)
    dP = 2 / len(Y) * (H @ W2 + X @ S - Y)
    dZ = (dP @ W2.T) * (Z > 0)
    dX = dP @ S.T
    dX = dZ @ W1.T
    return dX, X.T @ dZ, H.T @ dP, X.T @ dP


# %% check
import numpy as np

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close


def loss(X, Y, W1, W2, S):
    return np.mean((np.maximum(X @ W1, 0) @ W2 + X @ S - Y) ** 2)


rng = np.random.default_rng(1)
for n, d, k in [(6, 3, 4), (1, 2, 5)]:
    shapes = [(n, d), (n, 1), (d, k), (k, 1), (d, 1)]
    X, Y, W1, W2, S = p = [rng.normal(size=s) for s in shapes]
    names = {"X": 0, "W1": 2, "W2": 3, "S": 4}
    for (name, i), g in zip(names.items(), backward(*p), strict=True):
        g_hat = numerical_gradient(
            lambda v, i=i: loss(*p[:i], v, *p[i + 1 :]), p[i]
        )
        expect_close(
            g,
            g_hat,
            rtol=1e-5,
            atol=1e-8,
            what=f"gradient for {name} with n = {n}",
            hint="add what comes back on each path",
        )
dead = backward(np.ones((2, 1)), np.ones((2, 1)), -np.eye(1), W2[:1], S[:1])
expect_close(dead[1], [[0]], what="gradient for W1 with every unit off")

# %% solution
import numpy as np


def backward(X, Y, W1, W2, S):
    """Gradients of mean((relu(X W1) W2 + X S − Y)²) for X, W1, W2 and S;
    X (n, d), Y (n, 1), W1 (d, k), W2 (k, 1), S (d, 1)."""
    Z = X @ W1  # (n, k)
    H = np.maximum(Z, 0)  # (n, k)
    dP = 2 / len(Y) * (H @ W2 + X @ S - Y)  # (n, 1)
    dZ = (dP @ W2.T) * (Z > 0)  # (n, k)
    dX = dZ @ W1.T + dP @ S.T  # (n, d): two paths
    return dX, X.T @ dZ, H.T @ dP, X.T @ dP

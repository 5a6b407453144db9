# %% starter
import numpy as np


def relative_error(f, grad, x, h=6e-6):
    """Distance of grad(x) from central differences, relative to both."""
    g_hat = np.zeros_like(x)
    for i in range(len(x)):
        e = np.zeros_like(x)
        e[i] = h
        g_hat[i] = (f(x + e) - f(x - e)) / (2 * h)
    g = grad(x)
    return np.linalg.norm(g - g_hat) / np.linalg.norm(g + g_hat)


# %% check
import numpy as np

from derivable.grading import expect_close

x = np.array([0.5, -1.0, 2.0])
error = relative_error(lambda x: np.sum(x**3), lambda x: 3 * x**2, x)
expect_close(error, 0, atol=1e-8, what="error of the gradient 3x²")

error = relative_error(np.sum, lambda x: -2 * np.ones(x.shape), x)
expect_close(
    error,
    1,
    what="error of (−2, −2, −2) for (1, 1, 1)",
    hint="add the two norms, do not take the norm of the sum",
)

X = np.array([[1.0, 2.0], [3.0, 5.0]])
error = relative_error(
    np.linalg.det, lambda X: np.linalg.det(X) * np.linalg.inv(X).T, X
)
expect_close(
    error,
    0,
    atol=1e-8,
    what="error of the gradient of det at a matrix",
    hint="x[i] of a matrix is a whole row; loop over np.ndindex(x.shape)",
)

error = relative_error(lambda x: x @ x, lambda x: 2 * x, np.array([3, 4]))
expect_close(
    error,
    0,
    atol=1e-8,
    what="error of the gradient 2x at integers",
    hint="zeros_like of integers are integers, and h becomes 0 in them",
)

error = relative_error(lambda x: 1.0, lambda x: 0 * x, x)
expect_close(error, 0, what="error of zero against zero", hint="0 / 0")

# %% solution
import numpy as np


def relative_error(f, grad, x, h=6e-6):
    """Distance of grad(x) from central differences, relative to both."""
    x = np.array(x, dtype=float)
    g_hat = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        ahead, behind = x.copy(), x.copy()
        ahead[i] += h
        behind[i] -= h
        g_hat[i] = (f(ahead) - f(behind)) / (2 * h)
    g = grad(x)
    gap = np.linalg.norm(g - g_hat)
    return gap / max(np.linalg.norm(g) + np.linalg.norm(g_hat), 1e-300)

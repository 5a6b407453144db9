# %% starter
def gradient(A, B, X):
    """Gradient of tr(A X B) with respect to X, shape of X."""
    return A @ B


# %% check
import numpy as np

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close

rng = np.random.default_rng(0)
for n, d, k in [(2, 3, 4), (1, 5, 2), (3, 3, 3)]:
    A, X, B = (rng.normal(size=s) for s in [(k, n), (n, d), (d, k)])
    expect_close(
        gradient(A, B, X),
        numerical_gradient(lambda X, A=A, B=B: np.trace(A @ X @ B), X),
        what=f"the gradient for n = {n}, d = {d}, k = {k}",
        rtol=1e-6,
        atol=1e-6,
        hint="turn the trace until dX stands last, then transpose",
    )


# %% solution
def gradient(A, B, X):
    """Gradient of tr(A X B) with respect to X, shape of X."""
    del X  # it is linear in X
    return A.T @ B.T

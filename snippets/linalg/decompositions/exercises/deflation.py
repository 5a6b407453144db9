# %% starter
import numpy as np

from derivable.linalg import power_iteration


def top_two(A):
    """The eigenvalues of the two largest sizes of a symmetric matrix."""
    first = power_iteration(A)
    second = power_iteration(A - first.value * np.eye(len(A)))
    return np.array([first.value, second.value])


# %% check
import numpy as np

from derivable.grading import expect_close

expect_close(
    top_two(np.diag([1.0, 5.0, 3.0])),
    [5, 3],
    rtol=1e-6,
    what="top_two of diag(1, 5, 3)",
    hint="a shift moves all eigenvalues; take away one term only",
)
rng = np.random.default_rng(0)
Q = np.linalg.qr(rng.normal(size=(6, 6)))[0]
A = Q * [-4, 3, 2, 1, 0.5, 0] @ Q.T
expect_close(
    top_two((A + A.T) / 2),
    [-4, 3],
    rtol=1e-6,
    what="top_two with a negative eigenvalue",
    hint="subtract λ₁ q₁ q₁ᵀ with the sign that λ₁ has",
)
expect_close(
    top_two(np.array([[2.0, 0.0], [0.0, 2.0]])),
    [2, 2],
    rtol=1e-6,
    what="top_two of 2 I",
    hint="the default start is q₁ itself; start the second run elsewhere",
)

# %% solution
import numpy as np

from derivable.linalg import power_iteration


def top_two(A):
    """The eigenvalues of the two largest sizes of a symmetric matrix."""
    first = power_iteration(A)
    q = first.vector
    x0 = np.random.default_rng(1).normal(size=len(A))
    second = power_iteration(A - first.value * np.outer(q, q), x0=x0)
    return np.array([first.value, second.value])

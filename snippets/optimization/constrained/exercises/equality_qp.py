# %% starter
import numpy as np


def equality_qp(P, q, A, b):
    """Minimise ½ xᵀPx + qᵀx subject to Ax = b: x and ν."""
    x = np.linalg.solve(P, -q)
    return x, np.zeros(len(b))


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(0)
for n, p in [(2, 1), (5, 2), (3, 3)]:
    B, q = rng.normal(size=(n, n)), rng.normal(size=n)
    A, b = rng.normal(size=(p, n)), rng.normal(size=p)
    P = B @ B.T + np.eye(n)
    x, nu = equality_qp(P, q, A, b)
    expect_close(
        A @ x,
        b,
        what=f"Ax for n = {n}, p = {p}",
        hint="the constraint is one of the two rows of the system",
    )
    expect_close(
        P @ x + q + A.T @ nu,
        np.zeros(n),
        what=f"the slope of the Lagrangian for n = {n}, p = {p}",
        hint="the other row is stationarity; ν has shape (p,)",
    )
A = np.array([[0.1, 0.2, 0.3], [0.3, 0.6, 0.9]])  # row 2 is 3 times row 1
try:
    equality_qp(np.eye(3), np.zeros(3), A, np.array([1.0, 2.0]))
    says = "no error"
except ValueError as error:
    says = str(error)
expect_equal(
    "independent" in says,
    True,
    what="whether two dependent constraints are refused as such",
    hint="check the rank of A first, and raise a ValueError of your own",
)

# %% solution
import numpy as np


def equality_qp(P, q, A, b):
    """Minimise ½ xᵀPx + qᵀx subject to Ax = b: x and ν."""
    p, n = A.shape
    if np.linalg.matrix_rank(A) < p:
        raise ValueError("the rows of A must be independent")
    K = np.block([[P, A.T], [A, np.zeros((p, p))]])
    both = np.linalg.solve(K, np.append(-q, b))
    return both[:n], both[n:]

# %% starter
import numpy as np

from derivable.linalg import lstsq


def constrained(A, b, C, d):
    """Minimise ‖A x − b‖ among the x with C x = d."""
    return lstsq(np.vstack([A, C]), np.concatenate([b, d])).x


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

rng = np.random.default_rng(0)
A, b = rng.normal(size=(9, 4)), rng.normal(size=9)
C, d = rng.normal(size=(2, 4)), rng.normal(size=2)
x = constrained(A, b, C, d)
expect_equal(np.shape(x), (4,), what="shape", hint="one for each unknown")
expect_close(
    C @ x,
    d,
    rtol=1e-9,
    atol=1e-12,
    what="C x",
    hint="start from a solution of C x = d, and move in the null space of C",
)
K = np.block([[A.T @ A, C.T], [C, np.zeros((2, 2))]])
expect_close(
    x,
    np.linalg.solve(K, np.concatenate([A.T @ b, d]))[:4],
    rtol=1e-8,
    what="x",
    hint="the free part z minimises ‖(A N) z − (b − A x₀)‖",
)
whole = constrained(A, b, np.eye(4), np.arange(4.0))
expect_close(
    whole,
    np.arange(4.0),
    rtol=1e-12,
    atol=1e-12,
    what="constraints that leave nothing free",
    hint="N may have no column",
)
expect_close(
    constrained(np.eye(4), np.arange(4.0), np.ones((2, 4)), np.ones(2)),
    [-1.25, -0.25, 0.75, 1.75],
    rtol=1e-9,
    what="a condition that is said twice",
    hint="that is no contradiction: lstsq(C, d) takes it",
)
weak = np.vstack([np.ones(4), 1e-9 * np.eye(4)])
truth = np.array([1.0, 1.0, 2.0, 3.0])
expect_close(
    constrained(weak, weak @ truth, np.array([[1.0, -1, 0, 0]]), np.zeros(1)),
    truth,
    rtol=1e-4,
    what="x for columns of A that nearly depend",
    hint="AᵀA has lost it: solve for z with A N itself",
)
expect_raises(
    ValueError,
    lambda: constrained(A, b, np.ones((2, 4)), np.array([0.0, 1.0])),
    what="constraints that contradict each other",
    hint="look at solvable",
)

# %% solution
import numpy as np

from derivable.linalg import lstsq


def constrained(A, b, C, d):
    """Minimise ‖A x − b‖ among the x with C x = d."""
    found = lstsq(C, d)
    if not found.solvable:
        raise ValueError(f"C x = d must be solvable, got {found.residual}")
    x, N = found.x, found.null
    if N.shape[1] == 0:
        return x
    return x + N @ lstsq(A @ N, b - A @ x).x

# %% starter
import numpy as np


def saddle_free_step(g, H):
    """The step -|H|^-1 g, where |H| has the absolute eigenvalues of H."""
    return -np.linalg.solve(H, g)


# %% check
import numpy as np

from derivable.grading import expect_close

g = np.array([2.0, -2e-3])
H = np.diag([2.0, -2.0])
expect_close(
    saddle_free_step(g, H),
    [-1.0, 1e-3],
    what="the step at (1, 0.001) on x² − y²",
    hint="along negative curvature Newton goes up, this step must go down",
)
H = np.array([[0.0, -1.0], [-1.0, 0.0]])
expect_close(
    saddle_free_step(np.array([1.0, 0.0]), H),
    [-1.0, 0.0],
    what="a Hessian with eigenvalues -1 and 1",
    hint="|H| is Q |Λ| Qᵀ, not the absolute entries of H",
)
H = np.array([[3.0, 1.0], [1.0, 2.0]])
expect_close(
    saddle_free_step(np.array([1.0, 1.0]), H),
    -np.linalg.solve(H, [1.0, 1.0]),
    what="a positive definite Hessian, where the step is Newton's",
)

# %% solution
import numpy as np


def saddle_free_step(g, H):
    """The step -|H|^-1 g, where |H| has the absolute eigenvalues of H."""
    lam, Q = np.linalg.eigh(H)
    return -Q @ ((Q.T @ g) / np.abs(lam))

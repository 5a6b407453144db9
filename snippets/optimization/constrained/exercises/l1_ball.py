# %% starter
import numpy as np

from derivable.optimization import project_simplex


def project_l1(x, radius):
    """The nearest point with Σ|xᵢ| ≤ radius."""
    return x * radius / np.sum(np.abs(x))


# %% check
import numpy as np
from scipy.optimize import minimize

from derivable.grading import expect_close

rng = np.random.default_rng(0)
for n, r in [(1, 1.0), (3, 0.5), (6, 2.0)]:
    x = 2 * rng.normal(size=n)
    best = minimize(  # x = u − v with u, v ≥ 0
        lambda z: np.sum((z[:n] - z[n:] - x) ** 2),
        np.full(2 * n, 0.1),
        bounds=[(0, None)] * (2 * n),
        constraints=[{"type": "ineq", "fun": lambda z, r=r: r - np.sum(z)}],
        options={"ftol": 1e-14, "maxiter": 500},
    ).x
    expect_close(
        project_l1(x, r),
        best[:n] - best[n:],
        rtol=1e-4,
        atol=1e-4,
        what=f"the nearest point for n = {n}, radius {r:g}",
        hint="the nearest point is shifted towards 0, not scaled",
    )
expect_close(
    project_l1(np.array([0.2, -0.3]), 1.0),
    [0.2, -0.3],
    what="a point inside the ball",
    hint="inside, nothing moves",
)

# %% solution
import numpy as np

from derivable.optimization import project_simplex


def project_l1(x, radius):
    """The nearest point with Σ|xᵢ| ≤ radius."""
    if np.sum(np.abs(x)) <= radius:
        return x
    return np.sign(x) * project_simplex(np.abs(x), radius)

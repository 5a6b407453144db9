# %% starter
import numpy as np


def dual_ascent(X, y, C, sweeps):
    """Machine without intercept: w and the multipliers alpha."""
    alpha = np.zeros(len(y))
    for _ in range(sweeps):
        for i in range(len(y)):
            w = (alpha * y) @ X
            alpha[i] += (1 - y[i] * (X[i] @ w)) / (X[i] @ X[i])
    return (alpha * y) @ X, alpha


# %% check
import numpy as np
from scipy.optimize import minimize

from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(0)
y = np.where(np.arange(14) % 2 == 0, 1.0, -1.0)
X = rng.normal(size=(14, 2)) + 0.8 * y[:, None]
for C in (0.1, 1.0):
    w, alpha = dual_ascent(X, y, C, 2000)
    expect_equal(
        bool(np.all((alpha >= 0) & (alpha <= C))),
        True,
        what=f"0 ≤ alpha ≤ C for C = {C}",
        hint="a step of one multiplier must stay in its box: clip it",
    )
    best = minimize(
        lambda z, C=C: z[:2] @ z[:2] / 2 + C * np.sum(z[2:]),
        np.append([0.5, 0.5], np.ones(14)),
        bounds=[(None, None)] * 2 + [(0, None)] * 14,
        constraints=[
            {"type": "ineq", "fun": lambda z: y * (X @ z[:2]) - 1 + z[2:]}
        ],
        options={"ftol": 1e-12, "maxiter": 500},
    ).x
    expect_close(
        w,
        best[:2],
        rtol=1e-3,
        atol=1e-3,
        what=f"w for C = {C}",
        hint="compare with the stationarity of the primal",
    )

# %% solution
import numpy as np


def dual_ascent(X, y, C, sweeps):
    """Machine without intercept: w and the multipliers alpha."""
    alpha = np.zeros(len(y))
    w = np.zeros(X.shape[1])
    for _ in range(sweeps):
        for i in range(len(y)):
            new = alpha[i] + (1 - y[i] * (X[i] @ w)) / (X[i] @ X[i])
            new = min(max(new, 0.0), C)
            w += (new - alpha[i]) * y[i] * X[i]
            alpha[i] = new
    return w, alpha

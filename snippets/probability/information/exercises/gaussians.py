# %% starter
import numpy as np


def gaussians(m, S, mu, C):
    """D(p ‖ q) of Gaussians with means (d,) and covariances (d, d)."""
    gap, precision = m - mu, np.linalg.inv(C)
    square = gap @ precision @ gap
    trace = np.trace(precision @ S)
    ratio = np.linalg.det(C) / np.linalg.det(S)
    return (trace + square + np.log(ratio)) / 2


# %% check
import numpy as np

from derivable.grading import expect_close
from derivable.probability import gaussian_kl

m, mu = np.array([0.5, -1.0]), np.array([0.0, 2.0])
s, t = np.array([0.7, 2.0]), np.array([1.5, 0.4])
found = gaussians(m, np.diag(s**2), mu, np.diag(t**2))
expect_close(
    found,
    np.sum(gaussian_kl(m, s, mu, t)),
    what="D of independent coordinates",
    hint="what is D of a Gaussian from itself?",
)

A = np.array([[2.0, 0.3], [-1.0, 1.0]])
S, C = np.diag(s**2), np.diag(t**2)
expect_close(
    gaussians(A @ m, A @ S @ A.T, A @ mu, A @ C @ A.T),
    found,
    what="D after an invertible map of the plane",
    hint="it does not change",
)

d = 200
for s, t, name in [
    (0.01, 0.01, "narrow coordinates from themselves"),
    (0.01, 1.0, "narrow coordinates from wide ones"),
    (1.0, 0.01, "wide coordinates from narrow ones"),
]:
    expect_close(
        gaussians(np.zeros(d), s**2 * np.eye(d), np.ones(d), t**2 * np.eye(d)),
        d * gaussian_kl(0.0, s, 1.0, t),
        what=f"D of 200 {name}",
        hint="a det is 10⁻⁸⁰⁰, which is 0, and a quotient of two is no "
        "better; slogdet returns logarithms",
    )

# %% solution
import numpy as np


def gaussians(m, S, mu, C):
    """D(p ‖ q) of Gaussians with means (d,) and covariances (d, d)."""
    gap = m - mu
    square = gap @ np.linalg.solve(C, gap)
    trace = np.trace(np.linalg.solve(C, S))
    logs = np.linalg.slogdet(C)[1] - np.linalg.slogdet(S)[1]
    return (trace - len(m) + square + logs) / 2

"""What each property buys: 1/T for convex, a straight line for strong."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    gradient_descent,
    linear_objective,
    minimize,
    quadratic,
    squared_loss,
)

T = 1000


def flat():
    """Convex, not strongly: curvatures down to 10⁻⁶."""
    lam = np.logspace(-6, 0, 60)
    return quadratic(np.diag(lam)), np.full(60, 1.0)


def strong():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(80, 10)) * np.linspace(1, 3, 10)
    y = X @ np.ones(10) + rng.normal(size=80)
    return linear_objective(X, y, squared_loss(), ridge=0.1), X, y


def figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.6, 3.8))
    p, x0 = flat()
    path = minimize(p, x0, gradient_descent(1 / p.smoothness), num_steps=T)
    t = np.arange(1, T + 1)
    left.loglog(t, path.f[1:], color="C0")
    left.loglog(t, (x0 @ x0) / (2 * t), "--", color="C1")
    left.text(1.2, 0.09, "measured", color="C0")
    left.text(20, 2.6, "L‖x₀ − x*‖² / 2t", color="C1")
    left.set(xlabel="step t", ylabel="f − f*")

    p, X, y = strong()
    A = 2 * X.T @ X / len(y) + 0.1 * np.eye(10)
    best = np.linalg.solve(A, 2 * X.T @ y / len(y))
    mu = np.linalg.eigvalsh(A)[0]
    path = minimize(
        p, np.zeros(10), gradient_descent(1 / p.smoothness), num_steps=200
    )
    gap = path.f - p.f(best)
    t = np.arange(201)
    seen = gap > 1e-12
    right.semilogy(t[seen], gap[seen], color="C0")
    right.semilogy(t, gap[0] * (1 - mu / p.smoothness) ** t, "--", color="C1")
    square = gap[40] * (1 - mu / p.smoothness) ** (2 * (t - 40))
    right.semilogy(t[:120], 30 * square[:120], ":", color="C2")
    right.text(50, 1e-8, "measured", color="C0", ha="right")
    right.text(118, 2e-9, "(1 − μ/L)²ᵗ", color="C2", ha="left")
    right.text(95, 1, "(1 − μ/L)ᵗ", color="C1")
    right.set(xlabel="step t", ylim=(1e-11, 1e3))
    return fig

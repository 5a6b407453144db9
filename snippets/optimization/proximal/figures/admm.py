"""Every ρ arrives, soonest, here, among the curvatures of f."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import admm, l1_norm, squared_residuals


def figure() -> Figure:
    rng = np.random.default_rng(2)
    X = rng.normal(size=(40, 12))
    y = X[:, :2] @ [3.0, -2.0] + rng.normal(size=40)
    f, g = squared_residuals(X, y), l1_norm(0.3)
    rhos = np.geomspace(1e-2, 1e2, 17)
    steps = [
        len(admm(f, g, np.zeros(12), rho=r, num_steps=20_000, tol=1e-8).x) - 1
        for r in rhos
    ]
    fig, ax = plt.subplots(figsize=(5.6, 3.4))
    ax.loglog(rhos, steps, "o-", color="C0", ms=4)
    for c in np.linalg.eigvalsh(X.T @ X / 40)[[0, -1]]:
        ax.axvline(c, ls="--", color="C7", lw=1)
    ax.text(0.2, 1500, "curvatures of f", color="C7")
    ax.set(xlabel="ρ", ylabel="steps until done")
    return fig

"""A ridge lifts the small eigenvalues, and so lowers the condition number."""

import matplotlib.pyplot as plt
import numpy as np


def figure():
    rng = np.random.default_rng(6)
    n, d = 60, 6
    X = rng.normal(size=(n, d))
    X[:, -1] = X[:, 0] + 1e-3 * rng.normal(size=n)
    strengths = np.logspace(-9, 2, 45)
    kappa = [np.linalg.cond(X.T @ X / n + s * np.eye(d)) for s in strengths]
    sigma = np.linalg.svd(X, compute_uv=False) ** 2 / n
    fig, ax = plt.subplots()
    ax.loglog(strengths, kappa, "o", color="C0")
    ax.loglog(
        strengths,
        (sigma[0] + strengths) / (sigma[-1] + strengths),
        "--",
        color="C7",
    )
    ax.axvline(sigma[-1], color="C1", linewidth=1)
    ax.text(sigma[-1] * 1.3, 3, "smallest eigenvalue", color="C1")
    ax.text(3e-4, 3e4, "predicted and measured", color="C0")
    ax.set(xlabel="λ", ylabel="condition number of XᵀX/n + λI")
    return fig

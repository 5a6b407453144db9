"""Conjugate gradients need far fewer products than a Neumann series."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import conjugate_gradient

KAPPA = 100
GOAL = 1e-6


@functools.cache
def residuals():
    """Relative residual after each product, for both methods."""
    H = np.linspace(1, KAPPA, 200)  # a diagonal Hessian says it all
    g = np.ones(200)
    path = conjugate_gradient(lambda v: H * v, g, tol=1e-8)
    direct = np.linalg.norm(g - H * path.x, axis=1) / np.linalg.norm(g)
    alpha = 2 / (1 + KAPPA)
    series, u = [], 0 * g
    for _ in range(700):
        series.append(np.linalg.norm(g - H * u) / np.linalg.norm(g))
        u = u + alpha * (g - H * u)
    return np.array(direct), np.array(series)


def numbers():
    direct, series = residuals()
    return {
        "kappa": KAPPA,
        "cg": int(np.argmax(direct <= GOAL)),
        "neumann": int(np.argmax(series <= GOAL)),
    }


def figure() -> Figure:
    direct, series = residuals()
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    ax.semilogy(series, color="C1")
    ax.semilogy(direct, color="C0")
    ax.text(85, 1e-7, "conjugate gradients", color="C0")
    ax.text(320, 4e-3, "Neumann series", color="C1")
    ax.set(xlabel="products", ylabel="‖g − H u‖ / ‖g‖", xlim=(0, 700))
    return fig

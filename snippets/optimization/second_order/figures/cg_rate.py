"""Conjugate gradients keep below a line of slope √κ, and end early."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.optimization import (
    conjugate_gradient,
    gradient_descent,
    minimize,
    quadratic,
)

n, kappa = 60, 400.0


def numbers():
    return {"n": n, "kappa": kappa}


def figure():
    b = np.ones(n)
    spread = np.diag(np.linspace(1, kappa, n))
    few = np.diag(np.repeat([1.0, 40.0, 150.0, kappa], n // 4))
    fig, ax = plt.subplots()

    def show(A, path, color):
        e = path.x - b / np.diag(A)
        size = np.sqrt(np.sum(e * (e @ A), axis=1))
        size = size[size > 1e-14 * size[0]]
        ax.semilogy(size / size[0], color=color)

    show(spread, conjugate_gradient(spread, b), "C0")
    show(few, conjugate_gradient(few, b), "C2")
    best = gradient_descent(2 / (1 + kappa))
    x0 = np.zeros(n)
    slow = minimize(quadratic(spread, b), x0, best, num_steps=90)
    show(spread, slow, "C1")
    k = np.arange(91)
    for root, factor in ((np.sqrt(kappa), 2), (kappa, 1)):
        bound = factor * ((root - 1) / (root + 1)) ** k
        ax.semilogy(k, bound, "--", color="C7", linewidth=1)
    ax.text(46, 0.9, "gradient descent: κ", color="C1", va="bottom")
    ax.text(62, 1e-5, f"{n} eigenvalues", color="C0")
    ax.text(6, 1e-9, "4 eigenvalues", color="C2")
    ax.text(70, 5e-3, "2((√κ−1)/(√κ+1))ᵏ", color="C7", ha="left")
    ax.set(
        xlabel="step k",
        ylabel="error in the norm of A, relative",
        xlim=(0, 92),
        ylim=(1e-13, 5),
    )
    return fig

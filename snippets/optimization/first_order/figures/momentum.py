"""Momentum replaces κ by its root: 1000 steps become about 60."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    gradient_descent,
    minimize,
    momentum,
    quadratic,
)

KAPPAS = (100, 1000)


def numbers():
    return {"kappa": KAPPAS}


def best(kappa):
    root = np.sqrt(kappa)
    return 4 / (root + 1) ** 2, ((root - 1) / (root + 1)) ** 2


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.8, 4.2))
    k = np.arange(401)
    for kappa, color, at, lift in [
        (KAPPAS[0], "C2", 80, 3),
        (KAPPAS[1], "C1", 300, 60),
    ]:
        problem = quadratic(np.diag(np.geomspace(1, kappa, 20)))
        alpha, beta = best(kappa)
        for rule, look in [
            (gradient_descent(2 / (kappa + 1)), ":"),
            (momentum(alpha, beta=beta), "-"),
        ]:
            path = minimize(problem, np.ones(20), rule, num_steps=400)
            error = np.linalg.norm(path.x, axis=1)
            width, shade = (4, 0.5) if look == "-" else (1.5, 1)
            ax.semilogy(k, error, look, color=color, lw=width, alpha=shade)
        q = np.sqrt(beta)
        growth = (alpha * kappa - 1) / q - 1
        ax.semilogy(
            k, (1 + growth * k) * q**k, "--", color="C7", lw=1.6, zorder=3
        )
        ax.text(at, q**at * 200 * lift, f"momentum, κ = {kappa}", color=color)
    ax.text(270, 3e-2, f"descent, κ = {KAPPAS[0]}", color="C2")
    ax.text(230, 4.5, f"descent, κ = {KAPPAS[1]}", color="C1")
    ax.text(190, 1e-11, "dashed: (1 + ck) qᵏ", color="C7")
    ax.set(xlabel="step k", ylabel="distance to the minimum", ylim=(1e-13, 90))
    return fig

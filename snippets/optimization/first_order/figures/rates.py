"""At its best step, gradient descent loses (κ−1)/(κ+1) a step: measured."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import gradient_descent, minimize, quadratic


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.8, 4.2))
    k = np.arange(401)
    for kappa, color, at in [
        (10, "C0", 34),
        (100, "C2", 250),
        (1000, "C1", 250),
    ]:
        rate = 2 / (kappa + 1)
        path = minimize(
            quadratic(np.diag([1.0, kappa])),
            [1.0, 1.0],
            gradient_descent(rate),
            num_steps=400,
        )
        error = np.linalg.norm(path.x, axis=1)
        shown = error > 1e-12
        factor = (kappa - 1) / (kappa + 1)
        ax.semilogy(k[shown][::6], error[shown][::6], ".", color=color)
        ax.semilogy(
            k[shown], error[0] * factor ** k[shown], "--", color="C7", lw=1
        )
        ax.annotate(
            f"κ = {kappa}", (at, error[at] * 3), color=color, fontsize=11
        )
    ax.text(165, 1e-9, "dashed: ((κ − 1)/(κ + 1))ᵏ", color="C7")
    ax.set(xlabel="step k", ylabel="distance to the minimum", ylim=(1e-12, 9))
    return fig

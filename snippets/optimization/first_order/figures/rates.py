"""At its best step, gradient descent loses (κ−1)/(κ+1) a step: measured."""

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import gradient_descent, minimize, quadratic

KAPPAS, STEPS, LOWEST = (10, 100, 1000), 400, 1e-12


@cache
def errors(kappa):
    path = minimize(
        quadratic(np.diag([1.0, kappa])),
        [1.0, 1.0],
        gradient_descent(2 / (kappa + 1)),
        num_steps=STEPS,
    )
    return np.linalg.norm(path.x, axis=1)


def numbers():
    small, large = errors(KAPPAS[0]), errors(KAPPAS[-1])
    return {
        "kappa": KAPPAS,
        "steps": STEPS,
        "lowest": LOWEST,
        "arrives": int(np.argmax(small <= LOWEST)),
        "left": large[-1] / large[0],
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.8, 4.2))
    k = np.arange(STEPS + 1)
    looks = [("C0", 34), ("C2", 250), ("C1", 250)]
    for kappa, (color, at) in zip(KAPPAS, looks, strict=True):
        error = errors(kappa)
        shown = error > LOWEST
        factor = (kappa - 1) / (kappa + 1)
        ax.semilogy(k[shown][::6], error[shown][::6], ".", color=color)
        ax.semilogy(
            k[shown], error[0] * factor ** k[shown], "--", color="C7", lw=1
        )
        ax.annotate(
            f"κ = {kappa}", (at, error[at] * 3), color=color, fontsize=11
        )
    ax.text(165, 1e-9, "dashed: ((κ − 1)/(κ + 1))ᵏ", color="C7")
    ax.set(xlabel="step k", ylabel="distance to the minimum", ylim=(LOWEST, 9))
    return fig

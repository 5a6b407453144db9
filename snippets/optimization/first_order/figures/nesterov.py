"""With curvatures of all sizes, descent falls like 1/k, Nesterov 1/k²."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    gradient_descent,
    minimize,
    nesterov,
    quadratic,
)


def figure() -> Figure:
    n = 300
    problem = quadratic(np.diag(np.geomspace(1e-6, 1, n)))
    rate = 1 / problem.smoothness
    start = np.ones(n)
    distance = np.sum(start**2)
    k = np.arange(1, 401)

    fig, ax = plt.subplots(figsize=(6.8, 4.4))
    for rule, color, words, place in [
        (gradient_descent(rate), "C0", "gradient descent", (4.5, 1.6)),
        (
            nesterov(rate, beta=lambda t: (t - 1) / (t + 2)),
            "C1",
            "Nesterov",
            (2.6, 0.3),
        ),
    ]:
        path = minimize(problem, start, rule, num_steps=400)
        ax.loglog(k, path.f[1:], color=color)
        ax.text(*place, words, color=color)
    bound = distance / rate / 2 / k
    ax.loglog(k, bound, "--", color="C0", lw=1)
    ax.loglog(k, 4 * bound * k / (k + 1) ** 2, "--", color="C1", lw=1)
    ax.text(30, 8, "bound L‖x₀ − x*‖² / 2k", color="C0")
    ax.text(3.2, 60, "bound 2L‖x₀ − x*‖² / (k + 1)²", color="C1")
    ax.set(xlabel="step k", ylabel="f(x) − f*")
    return fig

"""With curvatures of all sizes, descent falls like 1/k, Nesterov 1/k²."""

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    gradient_descent,
    minimize,
    nesterov,
    quadratic,
)

CURVATURES = np.geomspace(1e-6, 1, 300)
RATE = 1 / CURVATURES.max()


@cache
def gaps(rule):
    problem = quadratic(np.diag(CURVATURES))
    return minimize(problem, np.ones(300), rule(RATE), num_steps=400).f[1:]


def look_ahead(rate):
    return nesterov(rate, beta=lambda t: (t - 1) / (t + 2))


def numbers():
    k = np.log(np.arange(1, 401))
    slopes = [
        np.polyfit(k[20:], np.log(gaps(rule)[20:]), 1)[0]
        for rule in (gradient_descent, look_ahead)
    ]
    decades = np.log10(CURVATURES.max() / CURVATURES.min())
    return {"slopes": slopes, "decades": decades}


def figure() -> Figure:
    rate, start = RATE, np.ones(300)
    distance = np.sum(start**2)
    k = np.arange(1, 401)

    fig, ax = plt.subplots(figsize=(6.8, 4.4))
    for rule, color, words, place in [
        (gradient_descent, "C0", "gradient descent", (4.5, 1.6)),
        (look_ahead, "C1", "Nesterov", (2.6, 0.3)),
    ]:
        ax.loglog(k, gaps(rule), color=color)
        ax.text(*place, words, color=color)
    bound = distance / rate / 2 / k
    ax.loglog(k, bound, "--", color="C0", lw=1)
    ax.loglog(k, 4 * bound * k / (k + 1) ** 2, "--", color="C1", lw=1)
    ax.text(30, 8, "bound L‖x₀ − x*‖² / 2k", color="C0")
    ax.text(3.2, 60, "bound 2L‖x₀ − x*‖² / (k + 1)²", color="C1")
    ax.set(xlabel="step k", ylabel="f(x) − f*")
    return fig

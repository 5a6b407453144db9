"""Proximal gradient falls like 1/k, FISTA like 1/k²."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import fista, l1_norm, proximal_gradient, quadratic

STEPS = 1000
METHODS = {"proximal gradient": proximal_gradient, "FISTA": fista}


@functools.cache
def gaps():
    D, lam = np.geomspace(1e-6, 1, 60), 0.1
    best = np.arange(60) % 2
    f, g = quadratic(np.diag(D), (D + lam) * best), l1_norm(lam)
    low = f.f(best) + g.value(best)
    return [
        method(f, g, 1.0 - best, num_steps=STEPS).f - low
        for method in METHODS.values()
    ]


def numbers():
    k = np.arange(40, STEPS + 1)
    fits = [np.polyfit(np.log(k), np.log(gap[k]), 1)[0] for gap in gaps()]
    return {"slopes": fits}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(5.6, 3.6))
    k = np.arange(1, STEPS + 1)
    bounds = [60 / (2 * k), 2 * 60 / (k + 1) ** 2]
    places = [(160, 0.013), (25, 0.0003)]
    for i, (name, gap) in enumerate(zip(METHODS, gaps(), strict=True)):
        ax.loglog(k, gap[k], color=f"C{i}")
        ax.loglog(k, bounds[i], "--", color=f"C{i}", lw=1)
        ax.text(*places[i], name, color=f"C{i}")
    ax.text(130, 0.35, "bounds", color="C7")
    ax.set(xlabel="step", ylabel="gap to the minimum")
    return fig

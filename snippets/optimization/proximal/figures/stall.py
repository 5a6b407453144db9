"""Subgradient steps stall or crawl where a proximal step goes on."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    Problem,
    gradient_descent,
    l1_norm,
    linear_regression,
    minimize,
    proximal_gradient,
)

STEPS = 10_000


@functools.cache
def gaps():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50, 20))
    y = X[:, :3] @ [2.0, -3.0, 1.5] + rng.normal(size=50)
    f, g, w = linear_regression(X, y), l1_norm(0.5), np.zeros(20)
    F = Problem(
        lambda w: f.f(w) + g.value(w),
        lambda w: f.gradient(w) + 0.5 * np.sign(w),
    )
    run = proximal_gradient(f, g, w, num_steps=200)
    best = run.f[-1]
    found = {}
    fixed = 1 / f.smoothness
    rules = {"fixed step": fixed, "shrinking": lambda k: 0.3 / np.sqrt(k)}
    for name, rate in rules.items():
        gap = minimize(F, w, gradient_descent(rate), num_steps=STEPS).f - best
        total = np.concatenate([[0.0], np.cumsum(gap)])
        n = np.arange(1, len(total))
        found[name] = (total[n] - total[n // 2]) / (n - n // 2)
    found["proximal"] = run.f - best
    return found


def numbers():
    k = np.array([100, 1000, 10_000])
    gap = gaps()["shrinking"][k]
    return {"slope": np.polyfit(np.log(k), np.log(gap), 1)[0]}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(5.6, 3.6))
    places = {"fixed step": (300, 1.7), "shrinking": (300, 0.003)}
    places["proximal"] = (2.2, 1e-5)
    for i, (name, gap) in enumerate(gaps().items()):
        k = np.flatnonzero(gap > 1e-9)[1:]
        ax.loglog(k, gap[k], color=f"C{i}")
        ax.text(*places[name], name, color=f"C{i}")
    ax.set(xlabel="step", ylabel="gap to the minimum", ylim=(1e-9, 30))
    return fig

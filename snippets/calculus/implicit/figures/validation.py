"""Descent on the penalty ends where a grid has its lowest point."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import value_and_grad

GRID = np.linspace(-3, 5, 161)


@functools.cache
def problem():
    """The validation loss as a function of s = ln λ."""
    rng = np.random.default_rng(1)
    X, Z = rng.normal(size=(20, 15)), rng.normal(size=(50, 15))
    truth = rng.normal(size=15)
    y = X @ truth + 4 * rng.normal(size=20)
    t = Z @ truth + 4 * rng.normal(size=50)

    def loss(s):
        A = X.T @ X + np.exp(s) * np.eye(15)
        return np.mean((Z @ np.linalg.solve(A, X.T @ y) - t) ** 2)

    return loss


@functools.cache
def path():
    """Value, slope and place of each step of descent."""
    s, found = -2.0, []
    for _ in range(40):
        value, slope = value_and_grad(problem())(s)
        found.append([s, value, slope])
        s = s - 0.3 * slope
    return np.array(found)


def numbers():
    values = [problem()(s) for s in GRID]
    return {"grid": GRID[np.argmin(values)], "end": path()[-1, 0]}


def figure() -> Figure:
    loss = problem()
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    ax.semilogx(np.exp(GRID), [loss(s) for s in GRID], color="C0")
    for s, value, slope in path()[[0, 3, 4, 39]]:
        along = np.array([-0.7, 0.7])
        ax.plot(np.exp(s + along), value + slope * along, color="C1", lw=1.5)
    ax.plot(np.exp(path()[:, 0]), path()[:, 1], "o", color="C1", ms=3)
    ax.set(xlabel="penalty λ", ylabel="validation loss")
    return fig

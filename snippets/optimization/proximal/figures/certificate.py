"""The gap of Frank–Wolfe bounds its error, and falls at its rate."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import Problem, frank_wolfe, simplex

SIZE, STEPS = 20_000, 1000


@functools.cache
def run():
    square = Problem(lambda x: x @ x / 2, lambda x: x)
    x0 = np.eye(1, SIZE)[0]
    return frank_wolfe(square, simplex(), x0, num_steps=STEPS)


def numbers():
    k = np.arange(10, STEPS + 1)
    error = run().f[k] - 1 / (2 * SIZE)
    return {"slope": np.polyfit(np.log(k), np.log(error), 1)[0]}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(5.6, 3.4))
    k = np.arange(1, STEPS + 1)
    ax.loglog(k, run().gap[1:], color="C1", lw=1)
    ax.loglog(k, run().f[1:] - 1 / (2 * SIZE), color="C0")
    ax.loglog(k, 4 / (k + 2), "--", color="C7", lw=1)
    ax.text(60, 0.12, "bound", color="C7")
    ax.text(14, 0.12, "gap", color="C1")
    ax.text(2, 0.05, "error", color="C0")
    ax.set(xlabel="step", ylabel="value")
    return fig

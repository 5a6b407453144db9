"""Halve the step: the error of the leapfrog's energy is a quarter."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import leapfrog

STEPS = 2.0 ** -np.arange(3, 10)
LENGTH = 4.0
X, V = 1.0, 0.5


def energy(x, v):
    return x**4 / 4 + x**2 / 2 + v**2 / 2


def force(x):
    return -(x**3) - x


def euler(step, num_steps):
    x, v, path = X, V, []
    for _ in range(num_steps):
        x, v = x + step * v, v + step * force(x)
        path.append(energy(x, v))
    return np.array(path)


@functools.cache
def errors():
    """Largest distance of the energy from its start."""
    start, found = energy(X, V), {"leapfrog": [], "euler": []}
    for step in STEPS:
        L = round(LENGTH / step)
        xs, vs = leapfrog(force, X, V, step=step, num_steps=L)
        found["leapfrog"].append(np.max(np.abs(energy(xs, vs) - start)))
        found["euler"].append(np.max(np.abs(euler(step, L) - start)))
    return {name: np.array(each) for name, each in found.items()}


def numbers():
    slopes = {
        name: np.polyfit(np.log(STEPS[2:]), np.log(each[2:]), 1)[0]
        for name, each in errors().items()
    }
    ratio = errors()["euler"][-1] / errors()["leapfrog"][-1]
    return {**slopes, "ratio": ratio}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    for colour, each in zip(("C0", "C1"), errors().values(), strict=True):
        ax.loglog(STEPS, each, "o-", color=colour, ms=4)
    ax.loglog(STEPS, 0.5 * STEPS**2, "--", color="C7", lw=1)
    ax.text(0.013, 0.5, "Euler", color="C1")
    ax.text(0.03, 1.3e-4, "leapfrog", color="C0", va="top")
    ax.text(0.006, 6e-5, "slope 2", color="C7")
    ax.set(xlabel="step ε", ylabel="largest energy error")
    return fig

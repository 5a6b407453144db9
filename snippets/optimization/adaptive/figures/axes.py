"""A rate for every axis helps along the axes, and less across them."""

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    adagrad,
    adam,
    minimize,
    momentum,
    quadratic,
    rmsprop,
    tune,
)

RULES = {
    "AdaGrad": (adagrad, "C3", 8),
    "RMSProp": (rmsprop, "C4", -4),
    "Adam": (adam, "C1", -16),
    "momentum": (momentum, "C0", -4),
}  # with the color, and how far up the label is moved
ANGLES = np.arange(0, 46, 9)
RATES = 10.0 ** np.arange(-3, 1.1, 0.25)
LOWEST = 1e-12
STEPS = 100


def valley(degrees):
    a = np.radians(degrees)
    Q = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    A = Q @ np.diag([1.0, 1000.0]) @ Q.T
    return quadratic((A + A.T) / 2), Q @ [3.0, 1.0]


@cache
def ends():
    """The last f of each rule at its best rate, for each angle."""
    found = {}
    for name, (rule, _, _) in RULES.items():
        found[name] = []
        for degrees in ANGLES:
            bowl, x0 = valley(degrees)

            def run(rate, _seed, bowl=bowl, x0=x0, rule=rule):
                how = {"num_steps": STEPS, "keep_every": STEPS}
                return minimize(bowl, x0, rule(rate), **how)

            end = np.min(tune(run, RATES).final)
            found[name].append(max(end, LOWEST))
    return found


def numbers():
    bowl, _ = valley(0)
    kappa = bowl.smoothness / bowl.convexity
    lowest = max(ends()["AdaGrad"][0], ends()["RMSProp"][0])
    return {"kappa": kappa, "steps": STEPS, "lowest": lowest}


def figure() -> Figure:
    fig, ax = plt.subplots()
    for name, (_, color, up) in RULES.items():
        ax.semilogy(ANGLES, ends()[name], "o-", color=color)
        ax.annotate(
            name,
            (ANGLES[-1], ends()[name][-1]),
            xytext=(8, up),
            textcoords="offset points",
            color=color,
        )
    ax.set_xticks(ANGLES)
    ax.set(xlabel="angle of the valley to the axes, in degrees", ylabel="f")
    ax.set_xlim(-2, 56)
    ax.set_ylim(top=100)
    return fig

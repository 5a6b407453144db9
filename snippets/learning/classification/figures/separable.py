"""On separated classes weights grow for ever; a ridge stops them."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    gradient_descent,
    logistic_regression,
    minimize,
)

x = np.array([-3.0, -2.0, -0.5, 0.5, 1.0, 2.5])
y = (x > 0).astype(float)
RIDGES = (0.0, 1e-3, 1e-2)
STEPS = 10_000


@functools.cache
def path(ridge):
    f = logistic_regression(x[:, None], y, penalty=ridge)
    rule = gradient_descent(1 / f.smoothness)
    return minimize(f, np.zeros(1), rule, num_steps=STEPS)


def numbers():
    w = path(0.0).x[:, 0]
    return {
        "ridges": RIDGES[1:],
        "added": w[1000] - w[100],
        "again": w[10_000] - w[1000],
        "ends": [path(r).x[-1, 0] for r in RIDGES[1:]],
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    t = np.unique(np.geomspace(1, STEPS, 200).astype(int))
    labels = ("no ridge", "0.001", "0.01")
    for ridge, color, label in zip(
        RIDGES, ("C1", "C0", "C2"), labels, strict=True
    ):
        w = path(ridge).x[t, 0]
        ax.semilogx(t, w, color=color)
        said = label if ridge == 0 else f"ridge {label}"
        ax.text(1.15 * STEPS, w[-1], said, color=color, va="center")
    ax.set(
        xlabel="steps of gradient descent",
        ylabel="the weight",
        xlim=(1, 12 * STEPS),
    )
    return fig

"""One wild value drags the mean along, Huber a little, the median not."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from scipy.optimize import minimize_scalar

from derivable.optimization import huber_loss

GOOD = np.array([-1.0, -0.6, -0.3, 0.0, 0.2, 0.5, 0.8, 1.1, 0.4])


def best(y):
    loss = huber_loss()
    found = minimize_scalar(
        lambda z: loss(np.full(len(y), z), y).sum(),
        bounds=(-5, 40),
        method="bounded",
        options={"xatol": 1e-9},
    )
    return found.x


def figure() -> Figure:
    wild = np.linspace(0, 30, 61)
    data = [np.append(GOOD, v) for v in wild]
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    for f, words, color in [
        (np.mean, "squared loss: the mean", "C0"),
        (best, "Huber, δ = 1", "C2"),
        (np.median, "absolute loss: the median", "C1"),
    ]:
        fit = np.array([f(y) for y in data])
        ax.plot(wild, fit, color=color)
        up = -0.22 if f is best else 0.09
        ax.text(29.5, fit[-1] + up, words, color=color, ha="right")
    ax.text(17, 1.0, f"slope 1/{len(GOOD) + 1}", color="C0")
    ax.set(xlabel="the tenth value", ylabel="best constant", ylim=(-0.1, 3.5))
    return fig

"""The rate of change falls with the cosine of the angle to the gradient."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import directional_derivative, numerical_gradient


def f(x):
    return x[0] ** 2 + x[1] ** 2


@functools.cache
def measured():
    x = np.array([3.0, 4.0])
    g = numerical_gradient(f, x)
    heading = np.arctan2(g[1], g[0])
    degrees = np.arange(0, 361, 15)
    turned = heading + np.radians(degrees)
    rates = [
        directional_derivative(f, x, [np.cos(t), np.sin(t)]) for t in turned
    ]
    return x, g, degrees, np.array(rates)


def numbers():
    x, _, degrees, rates = measured()
    up, level, down = (
        np.argmax(rates),
        np.argmin(np.abs(rates)),
        np.argmin(rates),
    )
    return {
        "x": x,
        "angles": degrees[[up, level, down]],
        "rates": rates[[up, level, down]],
    }


def figure() -> Figure:
    _, g, degrees, rates = measured()
    fig, ax = plt.subplots()
    fine = np.linspace(0, 360, 361)
    ax.plot(
        fine, np.linalg.norm(g) * np.cos(np.radians(fine)), color="C7", lw=1.2
    )
    ax.plot(degrees, rates, "o", color="C0")
    for at, words, place in [
        (0, "0°: fastest up", (12, 10.2)),
        (90, "90°: along the level set", (98, 0.6)),
        (180, "180°: fastest down", (118, -11.4)),
    ]:
        ax.plot(at, rates[at // 15], "o", color="C1", ms=8)
        ax.annotate(words, place, color="C1")
    ax.text(296, 6.0, "‖∇f‖ cos θ", color="C7", ha="right")
    ax.set(
        xlabel="angle θ between d and ∇f, degrees",
        ylabel="directional derivative",
        xticks=range(0, 361, 45),
        ylim=(-12.5, 12),
    )
    return fig

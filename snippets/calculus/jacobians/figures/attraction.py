"""Newton's method goes to a critical point, also if it is a saddle."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.calculus import newton


def f(x, y):
    return x**3 - 3 * x * y + y**3


def gradient(v):
    x, y = v
    return np.array([3 * x**2 - 3 * y, 3 * y**2 - 3 * x])


def second(v):
    return np.array([[6 * v[0], -3.0], [-3.0, 6 * v[1]]])


def figure():
    fig, ax = plt.subplots(figsize=(6.4, 4.4))
    x, y = np.meshgrid(
        np.linspace(-0.9, 2.1, 160), np.linspace(-0.9, 1.9, 160)
    )
    ax.contour(x, y, f(x, y), 24, colors="C7", linewidths=0.6)
    for start, color in [
        ((1.8, 1.6), "C0"),
        ((0.9, 1.7), "C0"),
        ((-0.7, 0.3), "C1"),
        ((0.2, -0.6), "C1"),
    ]:
        path = newton(gradient, start, second)
        ax.plot(*path.T, "o-", color=color, markersize=4, linewidth=1.3)
    ax.text(1.06, 0.86, "minimum", color="C0")
    ax.text(0.06, -0.16, "saddle", color="C1")
    ax.set(xlabel="x", ylabel="y", xlim=(-0.9, 2.1), ylim=(-0.9, 1.9))
    return fig

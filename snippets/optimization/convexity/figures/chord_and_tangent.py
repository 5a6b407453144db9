"""Convex: chords above, tangents below. One failure is enough."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import derivative


def waves(x):
    return x**4 - 8 * x**2 + 5 * np.sin(3 * x)


def panel(ax, f, ends, a, b, touch):
    x = np.linspace(*ends, 301)
    ax.plot(x, f(x), color="C0")
    ax.plot([a, b], [f(a), f(b)], "o-", color="C1", ms=5)
    ax.plot(x, f(touch) + derivative(f, touch) * (x - touch), "--", color="C2")
    ax.plot(touch, f(touch), "o", color="C2", ms=5)
    ax.set(xlabel="x")


def figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.6, 3.6))
    panel(left, np.square, (-2, 2), -1.5, 0.9, 1.1)
    left.text(-0.6, 1.95, "chord", color="C1")
    left.text(0.7, -1.2, "tangent", color="C2", ha="right")
    left.text(1.5, 3.4, "x²", color="C0", ha="right")
    left.set(ylim=(-2.2, 4.2), ylabel="f(x)")
    panel(right, waves, (-2.9, 2.9), -2.25, 1.75, 0.75)
    right.text(-1.75, -23.5, "chord below the graph", color="C1", fontsize=9)
    right.text(-0.1, 20, "tangent above the graph", color="C2", fontsize=9)
    right.text(-2.85, 9, "x⁴ − 8x² + 5 sin 3x", color="C0", fontsize=9)
    right.set(ylim=(-27, 27))
    return fig

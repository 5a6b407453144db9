"""As the step shrinks, the secant turns into the tangent."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.calculus import derivative


def f(x):
    return 0.5 * x**2


def figure():
    fig, ax = plt.subplots()
    x = np.linspace(-0.6, 3.4, 200)
    ax.plot(x, f(x), color="C0")
    a = 1.0
    for h, color in [(2.0, "C4"), (1.0, "C3"), (0.4, "C1")]:
        slope = (f(a + h) - f(a)) / h
        ax.plot(x, f(a) + slope * (x - a), color=color, linewidth=1.1)
        ax.plot([a + h], [f(a + h)], "o", color=color)
        ax.text(
            3.45, f(a) + slope * 2.4, f"h = {h:g}: {slope:.2f}", color=color
        )
    slope = float(derivative(f, a))
    ax.plot(x, f(a) + slope * (x - a), color="C2", linewidth=2.2)
    ax.text(
        3.45, f(a) + slope * 2.4 - 0.25, f"tangent: {slope:.2f}", color="C2"
    )
    ax.plot([a], [f(a)], "o", color="C0")
    ax.set(xlabel="x", ylabel="f(x) = x²/2", xlim=(-0.6, 4.9), ylim=(-1, 5.6))
    return fig

"""Two thousand steps along the slope, and twenty-two that know the curve."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.optimization import (
    gradient_descent,
    minimize,
    newton_minimize,
    rosenbrock,
)


def figure():
    valley, start = rosenbrock(), [-1.2, 1.0]
    slow = minimize(valley, start, gradient_descent(0.0019), num_steps=2000)
    fast = newton_minimize(valley, start)
    x, y = np.linspace(-1.6, 1.5, 240), np.linspace(-0.5, 1.8, 200)
    X, Y = np.meshgrid(x, y)
    Z = 100 * (Y - X**2) ** 2 + (1 - X) ** 2
    fig, ax = plt.subplots()
    levels = 10.0 ** np.arange(-1, 3.5, 0.5)
    ax.contour(X, Y, Z, levels, colors="C7", linewidths=0.7, alpha=0.6)
    ax.plot(*slow.x.T, color="C1", linewidth=3)
    ax.plot(*fast.x.T, "o-", color="C0", linewidth=1.2, markersize=4)
    ax.plot(1, 1, "*", color="C2", markersize=13)
    ax.text(-1.45, 0.1, f"Newton: {len(fast.x) - 1} steps", color="C0")
    ax.annotate(
        "gradient descent:\n2,000 steps end here",
        slow.x[-1],
        (0.1, 1.25),
        color="C1",
        arrowprops={"arrowstyle": "->", "color": "C1"},
    )
    ax.text(1.06, 0.9, "minimum", color="C2")
    ax.set(xlabel="x₁", ylabel="x₂")
    return fig

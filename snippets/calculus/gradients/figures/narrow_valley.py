"""In a narrow valley the steepest descent points across, not along."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import numerical_gradient
from derivable.linalg import angle

A = np.diag([1.0, 100.0])


def f(x):
    return x @ A @ x / 2


def descent():
    x = np.array([1.0, 0.1])
    down = -numerical_gradient(f, x)
    return x, down, np.degrees(angle(down, -x))


def numbers():
    return {"apart": descent()[-1]}


def figure() -> Figure:
    x, down, apart = descent()
    down *= 0.33 / np.linalg.norm(down)

    fig, ax = plt.subplots(figsize=(6.4, 2.7))
    u, v = np.meshgrid(np.linspace(-0.25, 1.3, 201), np.linspace(-0.3, 0.3))
    ax.contour(
        u,
        v,
        (u**2 + 100 * v**2) / 2,
        np.arange(1, 8) ** 2 / 8,
        colors="C7",
        linewidths=1,
    )
    style = {"arrowstyle": "-|>", "lw": 2}
    ax.annotate("", x + down, x, arrowprops={**style, "color": "C0"})
    ax.annotate("", (0, 0), x, arrowprops={**style, "color": "C1"})
    ax.plot(*x, "o", color="C0")
    ax.plot(0, 0, "*", color="C1", ms=12)
    ax.text(1.0, -0.2, "−∇f", color="C0")
    ax.text(0.3, -0.03, "to the minimum", color="C1")
    ax.text(1.02, 0.115, f"{apart:.0f}° apart", color="C0")
    ax.set(xlabel="x₁", ylabel="x₂", aspect="equal")
    ax.grid(visible=False)
    return fig

"""One step never ends above the parabola with the largest curvature."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import linear_objective, logistic_loss


def problem():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(60, 3)) * [1, 2, 0.5]
    y = np.where(X @ [1.0, -1.0, 1.0] + rng.normal(size=60) > 0, 1.0, -1.0)
    return linear_objective(X, y, logistic_loss(), ridge=0.02)


def figure() -> Figure:
    p = problem()
    x = np.array([-0.5, 0.6, 0.3])
    g, L = p.gradient(x), p.smoothness
    steps = np.linspace(0, 2.6, 131)
    change = [p.f(x - s / L * g) - p.f(x) for s in steps]
    bound = (-steps + steps**2 / 2) * (g @ g) / L

    fig, ax = plt.subplots(figsize=(6.4, 3.8))
    ax.axhline(0, color="C7", lw=0.8)
    ax.plot(steps, change, color="C0")
    ax.plot(steps, bound, "--", color="C1")
    ax.plot(1, bound[50], "o", color="C1")
    ax.text(1.42, change[70] - 0.06, "measured", color="C0", va="top")
    ax.text(1, bound[50] + 0.2, "−‖∇f‖² / 2L", color="C1", ha="center")
    ax.text(
        2.08, bound[104] - 0.0, "bound", color="C1", ha="right", va="bottom"
    )
    ax.set(
        ylim=(-0.9, 0.8),
        xlabel="step α, in units of 1/L",
        ylabel="f(x − α∇f) − f(x)",
    )
    return fig

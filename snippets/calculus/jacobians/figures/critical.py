"""Signs of the eigenvalues tell a bowl from a saddle; zeros tell nothing."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.calculus import classify_critical_point, hessian

CASES = [
    ("x² + 2y²", lambda v: v[0] ** 2 + 2 * v[1] ** 2),
    ("x² − y²", lambda v: v[0] ** 2 - v[1] ** 2),
    ("x³ − 3xy²", lambda v: v[0] ** 3 - 3 * v[0] * v[1] ** 2),
    ("x⁴ + y⁴", lambda v: v[0] ** 4 + v[1] ** 4),
]


def figure():
    fig, axes = plt.subplots(1, 4, figsize=(7.2, 2.3))
    t = np.linspace(-1, 1, 33)
    x, y = np.meshgrid(t, t)
    for ax, (name, f) in zip(axes, CASES, strict=True):
        z = f(np.array([x, y]))
        top = np.abs(z).max()
        ax.contourf(x, y, z, np.linspace(-top, top, 11), cmap="PuOr_r")
        ax.contour(x, y, z, [0], colors="C7", linewidths=0.8)
        ax.plot(0, 0, "o", color="C3", markersize=4)
        H = np.round(hessian(f, np.zeros(2)), 3)
        kind = classify_critical_point(H)
        ax.set(xticks=[], yticks=[], aspect="equal")
        ax.set_xlabel(f"{name}\n{kind}", size=9)
        ax.grid(visible=False)
    return fig

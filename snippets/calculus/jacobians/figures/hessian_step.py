"""A Hessian by differences is best with a step near the fourth root of ε."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.calculus import hessian


def f(v):
    return np.exp(v[0]) * np.sin(v[1])


def figure():
    e, s, c = np.exp(0.2), np.sin(0.9), np.cos(0.9)
    exact = np.array([[e * s, e * c], [e * c, -e * s]])
    steps = np.logspace(-7, 0, 43)
    errors = [np.abs(hessian(f, [0.2, 0.9], h=h) - exact).max() for h in steps]
    eps = np.finfo(float).eps
    fig, ax = plt.subplots()
    ax.loglog(steps, errors, "o", color="C0", markersize=4)
    ax.loglog(steps, steps**2, "--", color="C1", linewidth=1)
    ax.loglog(steps, eps / steps**2, "--", color="C3", linewidth=1)
    ax.axvline(eps**0.25, color="C7", linewidth=0.8)
    ax.text(2e-2, 1e-6, "cut-off: slope 2", color="C1")
    ax.text(3e-7, 1e-6, "rounding:\nslope −2", color="C3")
    ax.text(eps**0.25 * 1.2, 1, "fourth root of ε", color="C7")
    ax.set(xlabel="step h", ylabel="largest error of H", ylim=(1e-10, 1e2))
    return fig

"""A right gradient gives a valley of errors; a wrong one gives a floor."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import gradient_check


def f(x):
    return np.sum(np.exp(x) * np.sin(3 * x))


def f32(x):
    return float(f(x.astype(np.float32)))


def grad(x):
    return np.exp(x) * (np.sin(3 * x) + 3 * np.cos(3 * x))


def wrong(x):
    return 1.001 * grad(x)


def figure() -> Figure:
    x = np.array([0.3, -0.7, 1.1])
    steps = np.logspace(-9, -0.5, 61)

    def errors(f, g):
        return [gradient_check(f, g, x, h=h).error for h in steps]

    fig, ax = plt.subplots(figsize=(6.4, 4.2))
    ax.loglog(steps, errors(f, grad), color="C0")
    ax.loglog(steps, errors(f, wrong), color="C1")
    ax.loglog(steps[::2], errors(f32, grad)[::2], ".", color="C2")
    ax.loglog(steps, 1.6 * steps**2, "--", color="C7", lw=1)
    ax.loglog(steps, 1e-16 / steps, "--", color="C7", lw=1)
    ax.axvline(np.cbrt(np.finfo(float).eps), color="C7", lw=1, ls=":")
    ax.text(8e-6, 3e-13, "default step", color="C7")
    ax.text(1.4e-8, 3e-8, "rounding: ε / h", color="C7")
    ax.text(1.5e-3, 2e-7, "truncation: h²", color="C7")
    ax.text(1.5e-9, 5e-12, "right gradient", color="C0")
    ax.text(1.2e-9, 1e-3, "one part in a thousand wrong", color="C1")
    ax.text(2e-8, 3, "right, but f in float32", color="C2")
    ax.set(
        xlabel="step h of the differences",
        ylabel="relative error",
        ylim=(1e-13, 20),
    )
    return fig

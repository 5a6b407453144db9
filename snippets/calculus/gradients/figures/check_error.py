"""A right gradient gives a valley of errors; a wrong one gives a floor."""

import functools

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


x = np.array([0.3, -0.7, 1.1])
steps = np.logspace(-9, -0.5, 61)


@functools.cache
def errors(f, g):
    return np.array([gradient_check(f, g, x, h=h).error for h in steps])


def line(chosen):
    """Slope and height of the right gradient's errors, on log axes."""
    logs = np.log(steps[chosen]), np.log(errors(f, grad)[chosen])
    return np.polyfit(*logs, 1)


def numbers():
    right, single = errors(f, grad), errors(f32, grad)
    falls, rises = line(steps < 1e-6), line(steps > 1e-3)
    return {
        "falls": falls[0],
        "rises": rises[0],
        "turn": np.exp((falls[1] - rises[1]) / (rises[0] - falls[0])),
        "default": gradient_check(f, grad, x).error,
        "wrong": np.median(errors(f, wrong)),
        "up": single.min() / right.min(),
        "right": steps[np.argmin(single)] / steps[np.argmin(right)],
    }


def figure() -> Figure:
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

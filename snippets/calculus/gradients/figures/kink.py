"""Within h of a kink, a central difference reports any slope between."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import numerical_gradient, relu, relu_derivative


def total(x):
    return float(np.sum(relu(x)))


def slopes():
    h = 1e-5
    x = np.linspace(-3, 3, 121) * h
    measured = [numerical_gradient(total, [t], h=h)[0] for t in x]
    return h, x, np.array(measured)


def numbers():
    h, x, measured = slopes()
    mixed = np.abs(measured - relu_derivative(x)) > 1e-6
    return {
        "before": relu_derivative(-h),
        "after": relu_derivative(h),
        "left": measured[np.isclose(x, -h)][0],
        "right": measured[np.isclose(x, h)][0],
        "reach": np.abs(x[mixed] / h),
    }


def figure() -> Figure:
    h, x, measured = slopes()
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    ax.plot(x / h, relu_derivative(x), "o", color="C7", ms=2.5)
    ax.plot(x / h, measured, color="C1")
    ax.axvspan(-1, 1, color="C1", alpha=0.1, lw=0)
    ax.text(-2.9, 0.07, "slope of ReLU", color="C7")
    ax.text(-0.1, 0.62, "central difference", color="C1", ha="right")
    ax.text(0, 1.06, "no verdict here", color="C1", ha="center")
    ax.set(xlabel="x / h", ylabel="slope", ylim=(-0.08, 1.18))
    return fig

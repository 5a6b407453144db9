"""A tangent is off by Δ², a tangent parabola by Δ³."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.calculus import grad


def f(x):
    return np.exp(x[0]) * np.sin(x[1]) + x[0] * x[1] ** 2


def figure():
    x, v = np.array([0.3, 0.7]), np.array([0.6, -0.8])
    g = grad(f)(x)
    H = np.array([grad(lambda z, i=i: grad(f)(z)[i])(x) for i in range(2)])
    sizes = np.logspace(-4, 0, 25)
    linear, quadratic = [], []
    for size in sizes:
        d = size * v
        linear.append(abs(f(x + d) - f(x) - g @ d))
        quadratic.append(abs(f(x + d) - f(x) - g @ d - d @ H @ d / 2))
    fig, ax = plt.subplots()
    ax.loglog(sizes, linear, "o", color="C0")
    ax.loglog(sizes, quadratic, "s", color="C1")
    for errors, order in ((linear, 2), (quadratic, 3)):
        line = errors[-8] * (sizes / sizes[-8]) ** order
        ax.loglog(sizes, line, "--", color="C7", linewidth=1)
    ax.text(1e-3, 2e-5, "gradient: slope 2", color="C0", ha="right")
    ax.text(3e-2, 3e-8, "gradient and Hessian: slope 3", color="C1")
    ax.set(xlabel="length of the step", ylabel="error", ylim=(1e-16, 5))
    return fig

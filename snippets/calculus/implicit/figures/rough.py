"""The error of the gradient is in proportion to that of the solution."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import implicit_jacobian

OFF = 10.0 ** -np.arange(2, 7)


def F(x, y):
    return y**3 + y - x


@functools.cache
def errors():
    """Of the slope at x = 2, where y is 1, without and with a step."""
    rows = []
    for off in OFF:
        y = 1 + off
        better = y - F(2.0, y) / (3 * y**2 + 1)
        slopes = [implicit_jacobian(F, 2.0, z) for z in (y, better)]
        rows.append([abs(4 * float(s) - 1) for s in slopes])
    return np.array(rows).T


def numbers():
    plain, polished = errors()
    return {
        "plain": np.polyfit(np.log(OFF), np.log(plain), 1)[0],
        "polished": np.polyfit(np.log(OFF), np.log(polished), 1)[0],
    }


def figure() -> Figure:
    plain, polished = errors()
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    ax.loglog(OFF, plain, "o-", color="C1")
    ax.loglog(OFF, polished, "o-", color="C0")
    ax.text(1e-5, 6e-5, "as it is", color="C1")
    ax.text(1e-4, 3e-10, "after one Newton step", color="C0")
    ax.set(
        xlabel="error of the solution", ylabel="relative error of the slope"
    )
    return fig

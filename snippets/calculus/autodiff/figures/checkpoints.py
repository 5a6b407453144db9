"""Between storing all and storing none, about the root of the length."""

import gc

import matplotlib.pyplot as plt
import numpy as np

from derivable.calculus import grad, vjp
from derivable.calculus.autodiff import record
from derivable.calculus.autodiff.tensor import Node

LENGTH = 144


def alive():
    return sum(type(x) is Node for x in gc.get_objects())


def peak(segment):
    """Most values alive at once, with a checkpoint every `segment`."""
    seen = []

    def step(x):
        seen.append(alive())
        return np.tanh(x)

    def several(x):
        for _ in range(segment):
            x = step(x)
        return x

    def checkpointed(x):
        value = several(x.data)

        def back(g, a):
            return vjp(several, a)[1](g)

        return record(value, (x,), (x.data,), (back,))

    def f(x):
        for _ in range(LENGTH // segment):
            x = checkpointed(x)
        return x

    gc.collect()
    gc.freeze()  # what exists already is not counted
    grad(f)(0.5)
    gc.unfreeze()
    return max(seen)


def figure():
    segments = [s for s in range(1, LENGTH + 1) if LENGTH % s == 0]
    fig, ax = plt.subplots()
    ax.loglog(segments, [peak(s) for s in segments], "o", color="C1")
    s = np.geomspace(1, LENGTH, 100)
    ax.loglog(s, s + LENGTH / s, "--", color="C7")
    best = np.sqrt(LENGTH)
    ax.axvline(best, color="C0", linewidth=1)
    ax.text(best * 1.08, 80, r"$s = \sqrt{n}$", color="C0")
    ax.text(2.2, 95, "$s + n/s$", color="C7")
    ax.text(30, 29, "measured", color="C1")
    ax.set(
        xlabel=f"steps between checkpoints $s$, of $n = {LENGTH}$",
        ylabel="most values kept at once",
    )
    return fig

"""Written out, a derivative grows exponentially; a run back does not."""

import matplotlib.pyplot as plt
import numpy as np
import sympy

from derivable.calculus import Tensor
from derivable.calculus.autodiff import backward


class Counted(np.ndarray):
    """An array that counts the operations it takes part in."""

    operations = 0

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        Counted.operations += 1
        plain = [np.asarray(x) for x in inputs]
        options = {k: v for k, v in options.items() if k != "out"}
        found = getattr(ufunc, method)(*plain, **options)
        return np.asarray(found).view(Counted)


def apply(y, depth):
    for _ in range(depth):
        y = 4 * y * (1 - y)
    return y


def sizes(depth):
    x = sympy.Symbol("x")
    y = apply(x, depth)
    written = [sympy.count_ops(y), sympy.count_ops(sympy.diff(y, x))]

    leaf = Tensor(np.full(1, 0.3).view(Counted))
    Counted.operations = 0
    backward(apply(leaf, depth), np.ones(1).view(Counted), [leaf])
    return [*written, Counted.operations]


def figure():
    depths = range(1, 7)
    f, df, run = np.array([sizes(d) for d in depths]).T
    fig, ax = plt.subplots()
    ax.semilogy(depths, df, "o-", color="C0")
    ax.semilogy(depths, f, "^-", color="C2")
    ax.semilogy(depths, run, "s-", color="C1")
    ax.text(3.7, 300, "derivative, written out", color="C0", ha="right")
    ax.text(5.35, 125, "function, written out", color="C2", ha="right")
    ax.text(4.1, 19, "a run there and back", color="C1")
    ax.set(
        xlabel=r"how often $y \leftarrow 4y(1-y)$ is applied",
        ylabel="operations",
        xticks=list(depths),
    )
    return fig

"""Forward mode pays for every input, reverse mode does not."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.calculus import Dual, Tensor
from derivable.calculus.autodiff.reverse import backward


class Counted(np.ndarray):
    """An array that counts the operations it takes part in."""

    operations = 0

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        Counted.operations += 1
        plain = [np.asarray(x) for x in inputs]
        options = {k: v for k, v in options.items() if k != "out"}
        found = getattr(ufunc, method)(*plain, **options)
        return np.asarray(found).view(Counted)


def f(x):
    return np.sum(np.sin(x) * x + np.exp(-x * x))


def forward(n):
    Counted.operations = 0
    for e in np.eye(n):
        f(Dual(np.ones(n).view(Counted), e.view(Counted)))
    return Counted.operations


def reverse(n):
    Counted.operations = 0
    x = Tensor(np.ones(n).view(Counted))
    y = f(x)
    backward(y, np.ones(()).view(Counted), [x])
    return Counted.operations


def figure():
    ns = np.array([1, 2, 4, 8, 16, 32, 64, 128, 256])
    fig, ax = plt.subplots()
    ax.loglog(ns, [forward(n) for n in ns], "o-", color="C0")
    ax.loglog(ns, [reverse(n) for n in ns], "s-", color="C1")
    ax.loglog(ns, forward(1) * ns, "--", color="C7", linewidth=1)
    ax.text(
        60, 2900, "forward mode: one run\nan input", color="C0", ha="right"
    )
    ax.text(20, 34, "reverse mode: one run there and back", color="C1")
    ax.text(150, 1300, "slope 1", color="C7")
    ax.set(xlabel="number of inputs $n$", ylabel="operations on arrays")
    return fig

"""Written out, a derivative grows with each composition far faster than f."""

import matplotlib.pyplot as plt
import sympy

from derivable.calculus import grad


def depth_and_sizes(depth):
    x = sympy.Symbol("x")
    y = x
    for _ in range(depth):
        y = 4 * y * (1 - y)
    count = []

    def f(t):
        start = t.index
        for _ in range(depth):
            t = 4 * t * (1 - t)
        count.append(t.index - start)
        return t

    grad(f)(0.3)
    written = sympy.count_ops(sympy.expand(sympy.diff(y, x)))
    return written, 2 * count[0]


def figure():
    depths = range(1, 7)
    sizes = [depth_and_sizes(d) for d in depths]
    fig, ax = plt.subplots()
    ax.semilogy(depths, [s for s, _ in sizes], "o-", color="C0")
    ax.semilogy(depths, [t for _, t in sizes], "s-", color="C1")
    ax.text(4.0, 90, "derivative as a formula", color="C0", ha="right")
    ax.text(4.2, 15, "operations of reverse mode", color="C1")
    ax.set(
        xlabel=r"how often $y \leftarrow 4y(1-y)$ is applied",
        ylabel="operations",
        xticks=list(depths),
    )
    return fig

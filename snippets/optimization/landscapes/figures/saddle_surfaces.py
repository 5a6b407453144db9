"""Gradient descent leaves four saddles, each along the ways down."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.optimization import (
    DivergenceError,
    flat_saddle,
    gradient_descent,
    minimize,
    monkey_saddle,
    product_loss,
    saddle,
)

CASES = [
    ("x² − y²", saddle(), [(-1.3, 0.02), (1.3, -0.2), (-0.6, 1.0)]),
    ("x³ − 3xy²", monkey_saddle(), [(1.3, 0.05), (-0.6, 1.1), (0.1, -1.2)]),
    ("½ x² − ¼ y⁴", flat_saddle(4), [(-1.3, 0.1), (1.3, -0.3), (-0.6, 1.0)]),
    ("½ (u v − 1)²", product_loss(), [(1.3, -1.25), (-1.1, 0.9), (0.1, 0.4)]),
]


def run(problem, start):
    try:
        rule = gradient_descent(0.02)
        return minimize(problem, np.array(start), rule, num_steps=4000).x
    except DivergenceError as away:
        return away.path.x


def figure():
    fig, axes = plt.subplots(1, 4, figsize=(7.2, 2.2))
    r = np.linspace(-1.5, 1.5, 61)
    for ax, (name, problem, starts) in zip(axes, CASES, strict=True):
        z = [[problem.f(np.array([u, v])) for u in r] for v in r]
        ax.contour(r, r, z, 13, colors="C7", linewidths=0.6)
        for i, start in enumerate(starts):
            x = run(problem, start)
            ax.plot(x[:, 0], x[:, 1], color=f"C{i}", lw=1.6)
            ax.plot(*start, "o", color=f"C{i}", ms=4)
        ax.plot(0, 0, "x", color="C3", ms=6, mew=2)
        ax.set(xlim=(-1.5, 1.5), ylim=(-1.5, 1.5), aspect="equal")
        ax.set(xticks=[], yticks=[])
        ax.set_xlabel(name, size=9)
        ax.grid(visible=False)
    return fig

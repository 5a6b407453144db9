"""Left to itself, Newton's method ends at any critical point."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap

from derivable.calculus import classify_critical_point
from derivable.optimization import (
    Problem,
    newton_direction,
    newton_minimize,
)

KINDS = ("minimum", "saddle", "maximum")


def gradient(v):
    x, y = v
    a, b = x**2 + y - 11, x + y**2 - 7
    return np.array([4 * x * a + 2 * b, 2 * a + 4 * y * b])


def hessian(v):
    x, y = v
    mixed = 4 * (x + y)
    return np.array(
        [[12 * x**2 + 4 * y - 42, mixed], [mixed, 12 * y**2 + 4 * x - 26]]
    )


def value(v):
    x, y = v
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def plain(v):
    for _ in range(40):
        v = v + newton_direction(gradient(v), hessian(v), modification=None)[0]
    return v


def mended(v):
    return newton_minimize(Problem(value, gradient, hessian), v).x[-1]


def figure():
    side = np.linspace(-5.9, 5.9, 40)
    fig, axes = plt.subplots(1, 2, sharey=True)
    for ax, end, said in zip(
        axes,
        (plain, mended),
        ("plain", "mended"),
        strict=True,
    ):
        kinds = [
            [
                KINDS.index(
                    classify_critical_point(hessian(end(np.array([x, y]))))
                )
                for x in side
            ]
            for y in side
        ]
        ax.imshow(
            kinds,
            cmap=ListedColormap(["C0", "C1", "C3"]),
            vmin=0,
            vmax=2,
            extent=(-6, 6, -6, 6),
            origin="lower",
            alpha=0.55,
            interpolation="nearest",
        )
        share = np.mean(np.array(kinds) == 0)
        ax.set(xlabel=f"x₁ of the start\n{said}: {share:.0%} to a minimum")
        ax.grid(visible=False)
    axes[0].set_ylabel("x₂ of the start")
    return fig

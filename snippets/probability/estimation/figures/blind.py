"""A curve can have correlation 0, and one far point can make a large one."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import correlation

rng = np.random.default_rng(3)
even = np.linspace(-1, 1, 41)
CLOUDS = {
    "line": (even, even + 0.2 * rng.normal(size=41)),
    "parabola": (even, even**2),
    "outlier": tuple(
        np.append(0.25 * rng.normal(size=40), far) for far in (5.0, 5.0)
    ),
}


def numbers():
    return {name: abs(correlation(*xy)) for name, xy in CLOUDS.items()}


def figure() -> Figure:
    fig, axes = plt.subplots(1, 3, figsize=(6.4, 2.5))
    for ax, colour, (name, (x, y)) in zip(
        axes, ("C0", "C1", "C2"), CLOUDS.items(), strict=True
    ):
        ax.plot(x, y, ".", color=colour, ms=5)
        rho = abs(correlation(x, y))
        ax.text(
            *(0.05, 0.88),
            f"{name}: ρ = {rho:.2f}",
            color=colour,
            transform=ax.transAxes,
        )
        ax.set(xlabel="x", xticks=[], yticks=[])
        ax.margins(y=0.22)
    axes[0].set(ylabel="y")
    return fig

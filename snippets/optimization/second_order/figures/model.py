"""A Newton step goes to where the parabola is flat, bottom or top."""

import matplotlib.pyplot as plt
import numpy as np


def f(x):
    return (x**2 - 1) ** 2 / 4


def figure():
    fig, axes = plt.subplots(1, 2, sharey=True)
    x = np.linspace(-1.9, 1.9, 200)
    for ax, at, said in zip(
        axes, (1.6, 0.35), ("to a bottom", "to a top"), strict=True
    ):
        g, h = at**3 - at, 3 * at**2 - 1
        to = at - g / h
        ax.plot(x, f(x), color="C0")
        d = x - at
        ax.plot(x, f(at) + g * d + h * d**2 / 2, "--", color="C1")
        ax.plot(at, f(at), "o", color="C0")
        flat = f(at) + g * (to - at) + h * (to - at) ** 2 / 2
        ax.plot(to, flat, "s", color="C1")
        ax.axvline(to, color="C7", linewidth=0.8, linestyle=":")
        ax.text(
            0.5, 0.93, said, color="C1", ha="center", transform=ax.transAxes
        )
        ax.set(xlabel="x", ylim=(-0.35, 1.1), xlim=(-1.9, 1.9))
    axes[0].text(-1.0, 0.3, "f", color="C0")
    axes[0].set_ylabel("f and its parabola")
    return fig

"""The slope of the position is the speed, and its sign the direction."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.calculus import derivative


def position(t):
    return 6 * np.sin(t) + 3 * t


def figure():
    t = np.linspace(0, 6, 300)
    fig, (top, bottom) = plt.subplots(2, 1, sharex=True, figsize=(6.4, 4.2))
    v = derivative(position, t)
    top.plot(t, position(t), color="C0")
    bottom.plot(t, v, color="C1")
    bottom.axhline(0, color="C7", linewidth=0.8)
    bottom.fill_between(t, v, 0, where=v < 0, color="C1", alpha=0.25)
    top.set(ylabel="position, m")
    bottom.set(xlabel="time, s", ylabel="speed, m/s")
    bottom.text(2.3, -2.6, "backwards", color="C1")
    for at in (2 * np.pi / 3, 4 * np.pi / 3):
        for ax in (top, bottom):
            ax.axvline(at, color="C7", linewidth=0.8, linestyle="--")
    top.text(2.12, 2.0, "turns", color="C7", size=8)
    return fig

"""More sines make the peak beside a jump narrower, and hardly lower."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.foundations import (
    fourier_series,
    square_wave,
    square_wave_coefficients,
)

COUNTS = (3, 10, 40)
t = np.linspace(-0.02, 0.26, 2001)


@functools.cache
def partial(n):
    b = square_wave_coefficients(2 * n - 1)
    return fourier_series(t, 0 * b, b)


def numbers():
    return {"counts": COUNTS}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.8, 4))
    ax.plot(t, square_wave(t), color="C7", lw=1)
    for n, color, at in zip(
        COUNTS, ("C0", "C2", "C1"), (0.083, 0.027, -0.006), strict=True
    ):
        ax.plot(t, partial(n), color=color, lw=1.4)
        ax.text(at, 1.21, f"{n} sines", color=color)
    ax.axhline(partial(COUNTS[-1]).max(), color="C7", lw=1, ls="--")
    ax.text(0.2, 0.83, "square wave: 1", color="C7")
    ax.set(xlabel="time t", ylabel="sum of sines", ylim=(0.3, 1.32))
    return fig

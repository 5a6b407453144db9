"""More sines make the peak beside a jump narrower, not lower."""

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
t = np.linspace(-0.06, 0.26, 2001)


@functools.cache
def partial(n):
    b = square_wave_coefficients(2 * n - 1)
    return fourier_series(t, 0 * b, b)


def numbers():
    over = (partial(COUNTS[-1]).max() - 1) / 2
    return {"counts": COUNTS, "percent": 100 * over}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.8, 4))
    ax.plot(t, square_wave(t), color="C7", lw=1)
    for n, color, at in zip(
        COUNTS, ("C0", "C2", "C1"), (0.083, 0.032, 0.008), strict=True
    ):
        ax.plot(t, partial(n), color=color, lw=1.4)
        ax.text(at, 1.23, f"{n} sines", color=color, ha="left", rotation=25)
    ax.axhline(partial(COUNTS[-1]).max(), color="C7", lw=1, ls="--")
    ax.text(0.26, 1.05, "square wave", color="C7", ha="right", va="bottom")
    ax.set(xlabel="time t", ylabel="sum of sines", ylim=(-1.3, 1.5))
    return fig

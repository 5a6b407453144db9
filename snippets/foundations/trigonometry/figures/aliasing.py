"""Nine turns a second, sampled eight times a second, look like one."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.foundations import alias, sine_wave

FAST, RATE = 9, 8


def numbers():
    return {"fast": FAST, "rate": RATE, "slow": alias(FAST, RATE)}


def figure() -> Figure:
    t = np.linspace(0, 1, 1001)
    j = np.arange(RATE + 1) / RATE
    fig, ax = plt.subplots(figsize=(7, 3.2))
    ax.plot(t, sine_wave(t, frequency=FAST), color="C7", lw=1)
    slow = alias(FAST, RATE)
    ax.plot(t, sine_wave(t, frequency=slow), color="C0")
    ax.plot(j, sine_wave(j, frequency=FAST), "o", color="C1", ms=8)
    ax.text(0.62, 1.08, "what is there", color="C7")
    ax.text(0.3, 1.08, "what you see", color="C0", ha="center")
    ax.text(0.52, 0.12, "samples", color="C1", ha="left")
    ax.set(xlabel="time in seconds", ylabel="signal", ylim=(-1.15, 1.3))
    return fig

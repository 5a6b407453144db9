"""The older the gradients, the smaller the rate that they stand."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import delay_limit, delayed_gradient_descent

TAU = 4
STEPS = 150
DELAYS = np.array([0, 1, 2, 3, 4, 6, 8, 12, 16])


def run(rate, delay=TAU, steps=STEPS):
    return delayed_gradient_descent(
        lambda x: x, 1.0, learning_rate=rate, delay=delay, num_steps=steps
    )


def measured(delay):
    """The largest rate of a run that does not grow, by bisection."""
    low, high = 0.0, 2.5
    for _ in range(12):
        rate = (low + high) / 2
        x = np.abs(run(rate, int(delay), 1200))
        grows = x[-300:].max() > x[300:600].max()
        low, high = (low, rate) if grows else (rate, high)
    return low


FOUND = np.array([measured(delay) for delay in DELAYS])
LIMITS = np.array([delay_limit(int(delay)) for delay in DELAYS])


def numbers():
    return {
        "delay": TAU,
        "limit": LIMITS[TAU],
        "gap": float(np.max(np.abs(FOUND / LIMITS - 1))),
        "below": float(abs(run(0.9 * LIMITS[TAU])[-20:]).max()),
        "above": float(abs(run(1.1 * LIMITS[TAU])[-20:]).max()),
    }


def figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.4, 3.3))
    for share, color, style in ((1.1, "C3", "--"), (0.9, "C0", "-")):
        x = run(share * LIMITS[TAU])
        left.plot(x, style, color=color, lw=1.4)
    left.text(62, 7.2, "above the limit", color="C3")
    left.text(2, -3.4, "below it", color="C0")
    left.set(xlabel="step", ylabel="x, with the minimum at 0", xlim=(0, 130))
    left.set_ylim(-9, 9)
    right.loglog(2 * DELAYS + 1, LIMITS, "-", color="C1")
    right.loglog(2 * DELAYS + 1, FOUND, "o", color="C0")
    right.loglog(2 * DELAYS + 1, np.pi / (2 * DELAYS + 1), ":", color="C7")
    right.text(7, 0.62, "π/(2τ + 1)", color="C7")
    right.text(1.0, 0.55, "predicted", color="C1")
    right.text(1.0, 0.38, "● measured", color="C0")
    right.set(xlabel="2τ + 1", ylabel="largest α h")
    return fig

"""If two entries move together, their slopes add."""

import matplotlib.pyplot as plt
import numpy as np


def log_det(t):
    return np.linalg.slogdet(np.array([[2.0, t], [t, 1.0]]))[1]


def figure():
    t = np.linspace(-1.2, 1.2, 200)
    fig, ax = plt.subplots()
    ax.plot(t, [log_det(s) for s in t], color="C0")
    a = 0.7
    P = np.linalg.inv([[2.0, a], [a, 1.0]])
    for slope, color, name, at in [
        (P[0, 1], "C1", "X⁻¹: one entry only", (-0.9, 1.05)),
        (2 * P[0, 1], "C2", "2X⁻¹: both entries", (-0.55, 1.75)),
    ]:
        ax.plot(t, log_det(a) + slope * (t - a), "--", color=color)
        ax.text(*at, name, color=color)
    ax.plot(a, log_det(a), "o", color="C0")
    ax.text(-1.15, -0.1, "ln det X", color="C0")
    ax.set(xlabel="both entries off the diagonal", ylim=(-1, 2.2))
    return fig

"""A step is accepted where f fell enough and its slope is flat enough."""

import matplotlib.pyplot as plt
import numpy as np

C1, C2 = 0.2, 0.5


def phi(a):
    return 1.2 - a + 0.3 * a**2 + 0.25 * np.cos(3 * a)


def slope(a):
    return -1 + 0.6 * a - 0.75 * np.sin(3 * a)


def figure():
    a = np.linspace(0, 3.6, 1000)
    line = phi(0) + C1 * a * slope(0)
    low = phi(a) <= line
    flat = np.abs(slope(a)) <= C2 * abs(slope(0))
    fig, ax = plt.subplots()
    ax.plot(a, phi(a), color="C0")
    ax.plot(a, line, "--", color="C1")
    for good, height, color in ((low, 0.0, "C1"), (flat, -0.12, "C2")):
        ax.plot(a, np.where(good, height, np.nan), color=color, linewidth=5)
    both = low & flat
    ax.plot(a, np.where(both, -0.24, np.nan), color="C0", linewidth=5)
    ax.plot(a, np.where(both, phi(a), np.nan), color="C0", linewidth=4.5)
    ax.text(1.5, 1.22, "as low as this line asks", color="C1")
    ax.text(0.5, 0.6, "f along d", color="C0")
    for height, said, color in (
        (0.0, "low enough", "C1"),
        (-0.12, "flat enough", "C2"),
        (-0.24, "both: accepted", "C0"),
    ):
        ax.text(3.68, height - 0.03, said, color=color)
    ax.set(xlabel="step size α", xlim=(0, 4.7), ylim=(-0.33, 1.6))
    ax.set_xticks([0, 1, 2, 3])
    return fig

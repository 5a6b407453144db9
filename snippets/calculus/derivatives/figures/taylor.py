"""Each further term lets the polynomial follow the sine a bit longer."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.calculus import taylor_polynomial

SINE = [0, 1, 0, -1] * 4


def figure():
    x = np.linspace(-7, 7, 400)
    fig, ax = plt.subplots()
    ax.plot(x, np.sin(x), color="C0", linewidth=3, alpha=0.4)
    for degree, color in [(1, "C4"), (3, "C1"), (7, "C3"), (13, "C2")]:
        y = taylor_polynomial(SINE[: degree + 1])(x)
        shown = np.where(np.abs(y) < 2.2, y, np.nan)
        ax.plot(x, shown, color=color, linewidth=1.2)
        at = x[np.nonzero(np.abs(y) < 2.0)[0][-1]]
        ax.text(at + 0.1, 2.0 * np.sign(y[-1]), f"n = {degree}", color=color)
    ax.text(-6.6, 0.6, "sin x", color="C0")
    ax.set(xlabel="x", ylim=(-2.4, 2.4))
    return fig

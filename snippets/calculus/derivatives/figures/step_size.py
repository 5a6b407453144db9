"""Every difference has a best step: truncation on its right, rounding left."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.calculus import (
    central_difference,
    complex_step,
    forward_difference,
)


def figure():
    hs = np.logspace(-15, 0, 91)
    fig, ax = plt.subplots()
    for name, method, color, at in [
        ("forward", forward_difference, "C1", (4e-5, 8e-3)),
        ("central", central_difference, "C0", (2e-2, 1.2e-6)),
        ("complex step", complex_step, "C2", (2e-15, 1.5e-15)),
    ]:
        errors = [abs(float(method(np.exp, 1.0, h=h)) / np.e - 1) for h in hs]
        ax.loglog(hs, np.maximum(errors, 1e-17), color=color, linewidth=1.2)
        ax.text(*at, name, color=color)
    eps = np.finfo(float).eps
    ax.loglog(hs, hs / 2, "--", color="C7", linewidth=1)
    ax.loglog(hs, hs**2 / 6, "--", color="C7", linewidth=1)
    ax.loglog(hs, eps / hs, "--", color="C7", linewidth=1)
    ax.text(4e-12, 2e-2, "rounding: slope −1", color="C7")
    ax.text(1.5e-6, 4e-5, "slope 1", color="C7", ha="right", va="center")
    ax.text(6e-4, 5e-10, "slope 2", color="C7")
    for best, label in [  # f and its derivatives are all e at 1
        (2 * eps ** (1 / 2), "2 ε^(1/2)"),
        ((3 * eps) ** (1 / 3), "(3ε)^(1/3)"),
    ]:
        ax.axvline(best, color="C7", linewidth=0.8)
        ax.text(best * 1.15, 2.0, label, size=8, color="C7")
    ax.set(
        xlabel="step h",
        ylabel="relative error of (eˣ)′ at 1",
        ylim=(1e-17, 10),
    )
    return fig

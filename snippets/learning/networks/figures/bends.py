"""Activations differ in what they let through, and in their slopes."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import ACTIVATIONS

Z = np.linspace(-4, 4, 401)
SHOWN = {
    "sigmoid": ("C0", (2.2, 0.62), (-3.3, 0.2)),
    "tanh": ("C1", (1.3, 1.1), (0.95, 0.42)),
    "relu": ("C2", (1.5, 2.3), (2.3, 0.9)),
    "leaky_relu": ("C3", (-3.9, 0.2), (-3.9, 0.04)),
    "gelu": ("C4", (-1.75, -0.42), (1.15, 1.16)),
}


def numbers():
    gelu = ACTIVATIONS["gelu"]
    return {
        "lowest": float(gelu.f(Z).min()),
        "steepest": float(gelu.slope(Z).max()),
        "sigmoid": float(ACTIVATIONS["sigmoid"].slope(np.zeros(1))[0]),
    }


def figure() -> Figure:
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.2))
    for name, (colour, at, at_slope) in SHOWN.items():
        act = ACTIVATIONS[name]
        dashed = "--" if name == "leaky_relu" else "-"
        for ax, y, place in zip(
            axes,
            (act.f(Z), act.slope(Z).astype(float)),
            (at, at_slope),
            strict=True,
        ):
            ax.plot(Z, y, dashed, color=colour)
            ax.text(*place, name.replace("_", " "), color=colour, size=9)
    axes[0].set(xlabel="sum z", ylabel="activation", ylim=(-1.2, 3))
    axes[1].set(xlabel="sum z", ylabel="slope", ylim=(-0.2, 1.3))
    return fig

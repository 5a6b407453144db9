"""The expectation is where the weights balance."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import expectation

faces = np.arange(1, 7)
DICE = {
    "fair": np.full(6, 1 / 6),
    "loaded": np.array([1, 1, 2, 3, 3, 6]) / 16,
}


def numbers():
    return {name: expectation(faces, p) for name, p in DICE.items()}


def figure() -> Figure:
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 2.8), sharey=True)
    for ax, colour, (name, p) in zip(
        axes, ("C0", "C1"), DICE.items(), strict=True
    ):
        mean = expectation(faces, p)
        ax.bar(faces, p, width=0.5, color=colour)
        ax.axhline(0, color="C7", lw=1.5)
        ax.plot(mean, -0.03, "^", color="C2", ms=13, clip_on=False)
        ax.text(mean + 0.35, -0.055, f"{mean:.3g}", color="C2")
        ax.text(0.7, 0.36, f"{name} die", color=colour)
        ax.set(xlabel="face", ylim=(-0.07, 0.4), xticks=faces)
    axes[0].set(ylabel="probability", yticks=[0, 0.1, 0.2, 0.3, 0.4])
    return fig

"""Behind ReLU, He's scale alone of four keeps a wide network's signal."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import relu
from derivable.probability import glorot_std, he_std, signal_scales

WIDTH, DEPTH = 128, 30
NARROW, WIDE = 0.01, 0.5
CASES = (
    ("0.5", WIDE, "C3"),
    ("He", he_std(WIDTH), "C0"),
    ("Glorot", glorot_std(WIDTH, WIDTH), "C1"),
    ("0.01", NARROW, "C2"),
)


def numbers() -> dict:
    return {"narrow": NARROW, "wide": WIDE, "depth": DEPTH}


def figure() -> Figure:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(32, WIDTH))
    layers = np.arange(DEPTH + 1)
    fig, ax = plt.subplots(figsize=(6.4, 4))
    for name, std, colour in CASES:
        found = signal_scales(X, std, depth=DEPTH, activation=relu, rng=rng)
        factor = np.sqrt(WIDTH * std**2 / 2)
        ax.semilogy(layers, factor**layers, "--", color="C7", lw=1)
        ax.semilogy(layers, found, color=colour)
        ax.text(DEPTH + 0.5, found[-1], name, color=colour, va="center")
    ax.set(
        xlabel="layer",
        ylabel="root mean square of the signal",
        xlim=(0, 34),
    )
    return fig

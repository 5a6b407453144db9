"""What a shift changes has the period of the strides."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits

from derivable.learning import convnet, init_convnet

SHIFTS = np.arange(9)
IMAGES = load_digits().images[:50, None] / 16


def changes(channels):
    """By how much the scores change, in parts of their spread."""
    rng = np.random.default_rng(0)
    p = init_convnet((1, 8, 8), channels, 10, rng=rng, global_pool=True)
    wide = np.pad(IMAGES, [(0, 0), (0, 0), (20, 20), (20, 20)])
    Z = convnet(p, wide)
    moved = [convnet(p, np.roll(wide, s, axis=3)) for s in SHIFTS]
    return np.array(
        [np.linalg.norm(M - Z) / np.linalg.norm(Z - Z.mean(0)) for M in moved]
    )


ONE, TWO = changes([16]), changes([8, 16])


def numbers():
    return {
        "one": float(ONE[2::2].max()),
        "two": float(TWO[4::4].max()),
        "half": float(TWO[2]),
        "odd": float(TWO[1::2].min()),
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.0, 2.8))
    ax.plot(SHIFTS, ONE, "o--", color="C0")
    ax.plot(SHIFTS, TWO, "s-", color="C1")
    ax.text(2.35, 0.03, "one block", color="C0", va="bottom")
    ax.text(7.1, TWO[7], "two blocks", color="C1", va="bottom")
    ax.set(
        xlabel="shift in pixels",
        ylabel="change of the scores",
        xlim=(-0.2, 8.9),
        xticks=SHIFTS,
    )
    return fig

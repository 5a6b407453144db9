"""Linear: through the origin. Affine: straight. ReLU: neither."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

U, V = -2.0, 1.0
KINDS = (
    ("linear: x/2", lambda x: x / 2),
    ("affine: x/2 + 1", lambda x: x / 2 + 1),
    ("neither: ReLU", lambda x: np.maximum(x, 0)),
)


def figure() -> Figure:
    fig, axes = plt.subplots(1, 3, figsize=(6.2, 2.7), sharey=True)
    x = np.linspace(-3, 3, 121)
    middle = (U + V) / 2
    for ax, (name, f) in zip(axes, KINDS, strict=True):
        ax.axhline(0, color="C7", lw=0.8)
        ax.axvline(0, color="C7", lw=0.8)
        ax.plot(x, f(x), color="C0")
        chord = (f(U) + f(V)) / 2
        ax.plot([U, V], [f(U), f(V)], color="C1", lw=1.2, ls="--")
        ax.plot([U, V], [f(U), f(V)], "o", color="C1")
        ax.plot(middle, chord, "s", color="C1", ms=6)
        ax.plot(middle, f(middle), "o", color="C0", ms=5)
        ax.plot(0, f(0.0), "D", color="C2", ms=6, mfc="none", mew=1.6)
        ax.text(-2.8, 2.75, name, color="C0")
        ax.set(xlim=(-3, 3), ylim=(-2, 3.2), xlabel="x", xticks=(-2, 0, 2))
    axes[0].set_ylabel("f(x)")
    return fig

"""The Moreau envelope of the absolute value is Huber's loss."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import l1_norm, moreau_envelope


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(5.6, 3.4))
    x = np.linspace(-3, 3, 241)
    ax.plot(x, np.abs(x), color="C7")
    ax.text(-1.75, 2.1, "|x|", color="C7")
    for i, t in enumerate((0.5, 2.0)):
        M = [moreau_envelope(l1_norm(), [a], t) for a in x]
        ax.plot(x, M, color=f"C{i}")
        ax.plot([-t, t], [t / 2, t / 2], "o", color=f"C{i}", ms=4)
        ax.text(2.35, (1.6, 0.85)[i], f"t = {t:g}", color=f"C{i}")
    ax.set(xlabel="x", ylabel="value")
    return fig

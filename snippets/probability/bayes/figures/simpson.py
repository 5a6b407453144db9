"""Pooled rates compare treatments at different mixes."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

cured = np.array([[81, 192], [234, 55]])
n = np.array([[87, 263], [270, 80]])


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 4.0))
    rates, mix = cured / n, n[:, 1] / n.sum(axis=1)
    pooled = cured.sum(axis=1) / n.sum(axis=1)
    everyone = n[:, 1].sum() / n.sum()
    for i, name in enumerate("AB"):
        ax.plot([0, 1], rates[i], color=f"C{i}")
        ax.plot(mix[i], pooled[i], "o", color=f"C{i}", ms=9)
        ax.annotate(
            f"all of {name}",
            (mix[i], pooled[i]),
            (8, 6),
            textcoords="offset points",
            color=f"C{i}",
        )
    ax.axvline(everyone, color="C7", lw=1, ls=":")
    ax.text(everyone + 0.01, 0.695, "mix of all patients", color="C7")
    ax.set(
        xlabel="share of large stones among the patients",
        ylabel="rate of success",
        xlim=(0, 1),
    )
    return fig

"""The shares within one, two and three standard deviations."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import Normal

SHARE = [2 * float(Normal().cdf(k)) - 1 for k in (1, 2, 3)]


def numbers() -> dict:
    return {"share": SHARE}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    z = np.linspace(-4, 4, 321)
    density = Normal().pdf(z)
    for k, alpha in ((3, 0.15), (2, 0.25), (1, 0.4)):
        inside = np.abs(z) <= k
        ax.fill_between(
            z[inside], density[inside], color="C0", alpha=alpha, lw=0
        )
    ax.plot(z, density, color="C0")
    for k, share in zip((1, 2, 3), SHARE, strict=True):
        height = -0.035 - 0.045 * (k - 1)
        ax.annotate(
            "",
            (k, height),
            (-k, height),
            arrowprops={"arrowstyle": "<->", "color": "C7"},
        )
        ax.text(
            k + 0.1, height, f"{100 * share:.1f} %", va="center", color="C7"
        )
    ax.set(
        xlabel="(x − μ)/σ",
        ylabel="density, times σ",
        ylim=(-0.16, 0.42),
        yticks=[0, 0.1, 0.2, 0.3, 0.4],
    )
    return fig

"""The dual sees the convex hull of the best values, not the values."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.3))
    u = np.linspace(-1.6, 1.6, 321)
    p = (u**2 - 1) ** 2
    ax.plot(u, p, color="C0")
    hull = np.where(np.abs(u) < 1, 0, p)
    ax.plot(u, hull, color="C1", ls="--")
    ax.plot(0, 1, "o", color="C0")
    ax.plot(0, 0, "o", color="C1")
    ax.annotate(
        "",
        (0, 0.03),
        (0, 0.97),
        arrowprops={"arrowstyle": "<->", "color": "C3", "lw": 1.6},
    )
    gap = p[u.size // 2] - hull[u.size // 2]  # at u = 0
    ax.text(0.05, 0.45, f"gap {gap:g}", color="C3")
    ax.text(0.1, 1.06, "v(0): the minimum with x = 0", color="C0")
    ax.text(-0.93, -0.14, "the best dual value", color="C1")
    ax.text(1.12, 1.5, "v(u) = (u² − 1)²", color="C0", ha="right")
    ax.set(xlabel="u, in x = u", ylabel="value", ylim=(-0.2, 2.2))
    return fig

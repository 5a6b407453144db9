"""The weights are the normal of the neuron's boundary, b its offset."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import dot, norm


def figure() -> Figure:
    w, b = np.array([0.6, 0.8]), -2.0
    fig, ax = plt.subplots(figsize=(5.8, 4.2))
    along = np.array([-w[1], w[0]]) / norm(w)
    tilt = np.degrees(np.arctan2(-along[1], -along[0]))
    foot = -b * w / dot(w, w)
    for z in (-1, 0, 1, 2):
        middle = (z - b) * w / dot(w, w)
        ends = np.stack([middle - 6 * along, middle + 6 * along])
        look = {"color": "C2", "lw": 2.4} if z == 0 else {"color": "C7"}
        ax.plot(*ends.T, **{"lw": 1} | look)
        spot = middle - 1.9 * along
        words = f"z = {z}".replace("-", "−")
        ax.text(*(spot + 0.08 * w), words, color=look["color"], rotation=tilt)
    arrowprops = {"arrowstyle": "-|>", "color": "C0", "lw": 2.2}
    arrowprops |= {"shrinkA": 0, "shrinkB": 0}
    ax.annotate("", foot + w, foot, arrowprops=arrowprops)
    ax.plot(*np.stack([0 * foot, foot]).T, "--", color="C1")
    ax.plot(0, 0, "o", color="C1", ms=4)
    ax.text(*np.add(foot, [0.45, 0.3]), "w", color="C0")
    ax.text(0.62, 0.5, "∣b∣ / ‖w‖", color="C1")
    ax.set(xlim=(-1.5, 4.5), ylim=(-0.5, 3.8), aspect="equal")
    ax.set(xlabel="x₁", ylabel="x₂")
    return fig

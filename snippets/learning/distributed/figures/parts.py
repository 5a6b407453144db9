"""Gradients add up by their shares of the samples, not one by one."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import average_gradient
from derivable.optimization import linear_regression

COUNTS = np.array([240, 120, 40])
rng = np.random.default_rng(2)
TURNS = np.radians([60, 10, -95])  # each worker saw another kind of data


def gradient(k):
    X = rng.normal(size=(COUNTS[k], 2))
    toward = 1.5 * np.array([np.cos(TURNS[k]), np.sin(TURNS[k])])
    return linear_regression(X, X @ -toward).gradient(np.zeros(2))


PARTS = [gradient(k) for k in range(3)]
WHOLE = average_gradient(PARTS, COUNTS)
PLAIN = np.mean(PARTS, axis=0)


def numbers():
    cosine = WHOLE @ PLAIN / np.linalg.norm(WHOLE) / np.linalg.norm(PLAIN)
    return {
        "angle": float(np.degrees(np.arccos(cosine))),
        "counts": COUNTS.tolist(),
    }


def arrow(ax, start, end, color, **how):
    ax.annotate(
        "",
        xy=end,
        xytext=start,
        arrowprops={"arrowstyle": "-|>", "color": color, "lw": 2, **how},
    )


def figure() -> Figure:
    fig, axes = plt.subplots(
        1, 2, figsize=(7.0, 3.2), sharey=True, sharex=True
    )
    shares = [COUNTS / COUNTS.sum(), np.full(3, 1 / 3)]
    names = ["times its share of the samples", "times one third"]
    for ax, share, end, name in zip(
        axes, shares, (WHOLE, PLAIN), names, strict=True
    ):
        at = np.zeros(2)
        for k in range(3):
            step = share[k] * PARTS[k]
            arrow(ax, at, at + step, f"C{k}")
            side = np.array([-step[1], step[0]]) / np.linalg.norm(step)
            ax.text(
                *(at + step / 2 + 0.06 * side),
                f"worker {k + 1}",
                color=f"C{k}",
                ha=("right", "center", "left")[k],
                va=("center", "bottom", "center")[k],
                fontsize=9,
            )
            at = at + step
        arrow(ax, (0, 0), WHOLE, "C7", lw=3, alpha=0.55)
        if end is PLAIN:
            arrow(ax, (0, 0), PLAIN, "C3", ls="--")
            ax.text(*(PLAIN - (0.35, 0.16)), "their mean", color="C3")
        ax.set(xlabel=f"each gradient {name}", xlim=(-0.35, 1.5))
    axes[0].text(*(WHOLE * 0.6 + (0.1, -0.12)), "gradient of all", color="C7")
    axes[0].set(ylim=(-0.35, 1.15))
    return fig

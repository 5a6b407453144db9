"""Proximal operators of one number are curves of slope at most 1."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    ProxFunction,
    indicator,
    l1_norm,
    project_box,
)

SQUARE = ProxFunction(lambda x: x @ x / 2, lambda x, t: x / (1 + t))
HINGE = ProxFunction(
    lambda x: np.sum(np.maximum(x, 0)),
    lambda x, t: np.where(x > t, x - t, np.minimum(x, 0)),
)
SHAPES = {
    "|x|: soft threshold": l1_norm(),
    "x²/2: shrink": SQUARE,
    "0 ≤ x ≤ 1: project": indicator(lambda x: project_box(x, 0, 1)),
    "max(x, 0): hinge": HINGE,
}


def figure() -> Figure:
    fig, axes = plt.subplots(
        2, 2, figsize=(5.6, 5.0), sharex=True, sharey=True
    )
    x = np.linspace(-2.5, 2.5, 201)
    for i, (ax, (name, g)) in enumerate(
        zip(axes.flat, SHAPES.items(), strict=True)
    ):
        ax.plot(x, x, "--", color="C7", lw=1)
        ax.plot(x, g.prox(x, 1.0), color=f"C{i}")
        ax.text(-2.4, 2.1, name, color=f"C{i}")
    for ax in axes[1]:
        ax.set_xlabel("x")
    for ax in axes[:, 0]:
        ax.set_ylabel("proximal point, t = 1")
    return fig

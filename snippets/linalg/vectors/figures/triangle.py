"""A height splits the triangle of u, v and u − v into two right ones."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Arc

from derivable.linalg import angle, projection


def figure() -> Figure:
    u, v = np.array([2.4, 2.4]), np.array([5.0, 0.0])
    foot = projection(u, v)
    fig, ax = plt.subplots(figsize=(6.0, 3.3))
    for start, end, color in (
        ((0, 0), u, "C0"),
        ((0, 0), v, "C1"),
        (v, u, "C2"),
    ):
        ax.annotate(
            "",
            end,
            start,
            arrowprops={
                "arrowstyle": "-|>",
                "color": color,
                "lw": 2,
                "shrinkA": 0,
                "shrinkB": 0,
            },
        )
    ax.plot(*np.stack([u, foot]).T, "--", color="C7")
    theta = np.degrees(angle(u, v))
    ax.add_patch(Arc((0, 0), 1.4, 1.4, theta2=theta, color="C7"))
    ax.text(0.8, 0.25, "θ", color="C7")
    ax.text(0.85, 1.35, "u", color="C0")
    ax.text(3.5, 0.12, "v", color="C1")
    ax.text(3.85, 1.4, "u − v", color="C2")
    ax.text(2.48, 1.0, "‖u‖ sin θ", color="C7")
    ax.text(0.7, -0.35, "‖u‖ cos θ", color="C7")
    ax.text(2.9, -0.35, "‖v‖ − ‖u‖ cos θ", color="C7")
    ax.set(xlim=(-0.3, 5.4), ylim=(-0.6, 2.8), aspect="equal")
    ax.axis("off")
    return fig

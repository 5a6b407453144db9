"""The cross product stands on the parallelogram, as long as its area."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from mpl_toolkits.mplot3d.art3d import Poly3DCollection

from derivable.linalg import cross


def figure() -> Figure:
    u, v = np.array([1.7, 0.0, 0.2]), np.array([0.5, 1.0, 0.0])
    w = cross(u, v)
    fig = plt.figure(figsize=(5.6, 4.2))
    ax = fig.add_subplot(projection="3d", elev=20, azim=-58)
    ax.add_collection3d(
        Poly3DCollection([[0 * u, u, u + v, v]], color="C7", alpha=0.3)
    )
    for vector, color, words in (
        (u, "C0", "u"),
        (v, "C1", "v"),
        (w, "C2", "u × v"),
        (-w, "C3", "v × u"),
    ):
        ax.quiver(*np.zeros(3), *vector, color=color, arrow_length_ratio=0.1)
        ax.text(*(1.07 * vector + [0.06, 0, 0]), words, color=color)
    ax.set(xlim=(-0.9, 2.1), ylim=(-0.9, 2.1), zlim=(-2, 2))
    ax.set(xticks=[0, 1, 2], yticks=[0, 1, 2], zticks=[-2, 0, 2])
    ax.set_box_aspect((1, 1, 1.33))
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.set_pane_color((0.5, 0.5, 0.5, 0.06))
    return fig

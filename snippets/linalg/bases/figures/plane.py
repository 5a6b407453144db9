"""Three dependent columns fill a plane; what lies outside is never reached."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from mpl_toolkits.mplot3d.art3d import Poly3DCollection

from derivable.linalg import combination

PLANE = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 1.0, 2.0]])
C = np.array([0.6, -0.2, 1.8])


def figure() -> Figure:
    a1, a2, a3 = PLANE.T
    nearest = PLANE @ combination(PLANE, C).weights
    fig = plt.figure(figsize=(5.6, 4.2))
    ax = fig.add_subplot(projection="3d", elev=24, azim=-158)
    corners = [s * a1 + t * a2 for s, t in ((-0.25, -0.25), (1.1, -0.25))]
    corners += [s * a1 + t * a2 for s, t in ((1.1, 1.1), (-0.25, 1.1))]
    ax.add_collection3d(Poly3DCollection([corners], color="C7", alpha=0.25))
    for vector, color, words in (
        (a1, "C0", "a₁"),
        (a2, "C0", "a₂"),
        (a3, "C0", "a₃"),
        (C, "C1", "c"),
    ):
        ax.quiver(*np.zeros(3), *vector, color=color, arrow_length_ratio=0.08)
        ax.text(*(1.08 * vector), words, color=color)
    ax.plot(*np.stack([C, nearest]).T, "--", color="C2")
    ax.plot(*nearest[:, None], "o", color="C2", ms=5)
    ax.text(*np.add(nearest, [0, 0, 0.1]), "nearest ", color="C2", ha="right")
    ax.set(xlim=(-0.3, 1.2), ylim=(-0.3, 1.2), zlim=(-0.6, 2.4))
    ax.set(xticks=[0, 1], yticks=[0, 1], zticks=[0, 1, 2])
    ax.set_box_aspect((1, 1, 2), zoom=1.1)
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.set_pane_color((0.5, 0.5, 0.5, 0.06))
    return fig

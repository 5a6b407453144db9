"""A path has turned round when its velocity points back at the start."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import leapfrog

WIDTHS = np.array([2.0, 0.9])
START, V = np.array([-1.2, -0.9]), np.array([0.8, 0.35])


def path():
    xs, vs = leapfrog(
        lambda x: -x / WIDTHS**2, START, V, step=0.3, num_steps=20
    )
    rate = np.sum((xs - START) * vs, axis=1)
    turn = int(np.argmax(rate[1:] < 0)) + 1
    return xs, vs, turn


def numbers():
    _, _, turn = path()
    return {"outward": turn - 1}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    t = np.linspace(0, 2 * np.pi, 200)
    for radius in (0.5, 1, 1.5):
        ax.plot(
            radius * WIDTHS[0] * np.cos(t),
            radius * WIDTHS[1] * np.sin(t),
            color="C7",
            lw=1,
        )
    xs, vs, turn = path()
    ax.plot(*xs[: turn + 1].T, "o-", color="C0", ms=4, lw=1)
    ax.plot(*xs[turn:].T, "o--", color="C7", ms=3, lw=1)
    ax.plot(*np.array([START, xs[turn]]).T, color="C2", lw=1)
    ax.annotate(
        "",
        xy=xs[turn] + 0.9 * vs[turn],
        xytext=xs[turn],
        arrowprops={"arrowstyle": "->", "color": "C1", "lw": 2},
    )
    ax.text(START[0] - 0.1, START[1] - 0.25, "start", color="C2", ha="right")
    ax.text(xs[turn, 0] + 0.15, xs[turn, 1] + 0.1, "velocity v", color="C1")
    ax.set(xlabel="x₁", ylabel="x₂", aspect=1, xlim=(-3.1, 3.3))
    return fig

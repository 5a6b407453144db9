"""One function, two scalings: only raw directions see a difference."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LogNorm

from derivable.optimization import (
    Network,
    adam,
    filter_normalise,
    loss_plane,
    minimize,
    network_loss,
    rescale,
    two_moons,
)

NUM = 25


def figure():
    rng = np.random.default_rng(0)
    X, y = two_moons(100, rng=rng, noise=0.2)
    network = Network(2, 16)
    problem = network_loss(network, X, y)
    start = network.init(rng)
    path = minimize(problem, start, adam(0.03), num_steps=400)
    one = path.x[-1]
    two = rescale(network, one, 0.2)
    raw = rng.normal(size=(2, network.size)) / 2

    fig, axes = plt.subplots(2, 2, figsize=(5.6, 5.2))
    levels = np.geomspace(0.05, 8, 12)
    r = np.linspace(-1, 1, NUM)
    for row, said in zip(axes, ("raw", "filter-normalised"), strict=True):
        for ax, theta in zip(row, (one, two), strict=True):
            d = raw
            if said != "raw":
                d = [filter_normalise(network, theta, v) for v in raw]
            Z = loss_plane(problem.f, theta, tuple(d), num=NUM)
            ax.contourf(
                r, r, Z, levels, norm=LogNorm(), cmap="cividis", extend="both"
            )
            ax.plot(0, 0, "x", color="C1", ms=7, mew=2.5)
            ax.set(xticks=[], yticks=[], aspect="equal")
            ax.grid(visible=False)
        row[0].set_ylabel(f"{said} directions")
    axes[1, 0].set_xlabel("as trained")
    axes[1, 1].set_xlabel("W₁ / 5 and 5 W₂")
    return fig

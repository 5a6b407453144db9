"""Gibbs turns at every coordinate; a rolling ball keeps its direction."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import gibbs, leapfrog

RHO = 0.95
START = np.array([-1.6, -1.5])
COVARIANCE = np.array([[1, RHO], [RHO, 1]])


def staircase():
    """The corners between the draws of single coordinates."""
    s = np.sqrt(1 - RHO**2)

    def conditional(j):
        return lambda x, rng: RHO * x[:, 1 - j] + s * rng.normal(size=len(x))

    x = gibbs(
        [conditional(0), conditional(1)],
        START[None],
        num_sweeps=30,
        rng=np.random.default_rng(4),
    )[:, 0]
    corners = np.repeat(x, 2, axis=0)
    corners[1:-1:2, 0] = x[1:, 0]
    return corners[:-1]


def rolled():
    K = np.linalg.inv(COVARIANCE)
    xs, _ = leapfrog(
        lambda x: -K @ x, START, [0.6, 0.9], step=0.15, num_steps=20
    )
    return xs


def numbers():
    return {"rho": RHO}


def figure() -> Figure:
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.2), sharey=True)
    t = np.linspace(0, 2 * np.pi, 200)
    ring = np.linalg.cholesky(COVARIANCE) @ np.array([np.cos(t), np.sin(t)])
    for ax, path, colour, name in (
        (axes[0], staircase(), "C0", "Gibbs"),
        (axes[1], rolled(), "C1", "Hamiltonian"),
    ):
        for radius in (1, 2):
            ax.plot(*(radius * ring), color="C7", lw=1)
        ax.plot(*path.T, "-", color=colour, lw=1.2)
        if name == "Hamiltonian":
            ax.plot(*path.T, ".", color=colour)
        ax.plot(*START, "o", color="C2")
        ax.text(-2, 1.7, name, color=colour)
        ax.set(xlabel="x₁", xlim=(-2.3, 2.3), ylim=(-2.3, 2.3), aspect=1)
    axes[0].set(ylabel="x₂")
    return fig

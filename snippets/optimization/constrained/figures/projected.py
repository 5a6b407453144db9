"""Projection keeps the rate of gradient descent."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    ConstrainedProblem,
    project_box,
    projected_gradient,
)


def figure() -> Figure:
    fig, ax = plt.subplots()
    rng = np.random.default_rng(1)
    Q = np.eye(6)
    Q[:4, :4] = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    target = np.array([0.3, 0.6, 0.5, 0.4, 3.0, -2.0])
    for kappa, color in ((10, "C0"), (30, "C1"), (100, "C2")):
        lam = np.append(np.geomspace(1, kappa, 4), [kappa / 3, kappa / 2])
        A = (Q * lam) @ Q.T
        problem = ConstrainedProblem(
            lambda x, A=A: (x - target) @ A @ (x - target) / 2,
            lambda x, A=A: A @ (x - target),
        )
        path = projected_gradient(
            problem,
            lambda x: project_box(x, 0, 1),
            np.full(6, 0.5),
            learning_rate=1 / kappa,
            num_steps=400,
        )
        best = np.clip(target, 0, 1)  # the last two axes stand alone
        error = np.linalg.norm(path - best, axis=1)
        k = np.flatnonzero(error > 1e-10)
        ax.semilogy(k, error[k], color=color)
        ax.semilogy(k, error[0] * (1 - 1 / kappa) ** k, "--", color="C7")
        at = k[int(0.7 * k.size)]
        ax.annotate(
            f"κ = {kappa}",
            (at, error[at]),
            (-6, -6),
            textcoords="offset points",
            color=color,
            ha="right",
            va="top",
        )
    ax.text(230, 1e-7, "dashed: (1 − 1/κ)ᵏ", color="C7")
    ax.set(xlabel="step k", ylabel="distance to the solution", ylim=(1e-10, 3))
    return fig

"""A simple eigenvalue is smooth; where two meet, the largest has a kink."""

import matplotlib.pyplot as plt
import numpy as np


def figure():
    t = np.linspace(-1, 1, 201)
    fig, ax = plt.subplots()
    for gap, color in [(0.0, "C1"), (0.5, "C0")]:
        pairs = np.array(
            [np.linalg.eigvalsh([[s, gap], [gap, -s]]) for s in t]
        )
        ax.plot(t, pairs[:, 1], color=color)
        ax.plot(t, pairs[:, 0], color=color, linewidth=1, alpha=0.5)
    a = 0.6
    X = np.array([[a, 0.5], [0.5, -a]])
    values, vectors = np.linalg.eigh(X)
    v = vectors[:, -1]
    slope = v @ np.diag([1.0, -1.0]) @ v
    ax.plot(t, values[-1] + slope * (t - a), "--", color="C7")
    ax.plot(a, values[-1], "o", color="C0")
    ax.text(0, 0.58, "simple: smooth", color="C0", ha="center")
    ax.text(0.12, -0.06, "eigenvalues meet: a kink", color="C1")
    ax.text(-0.98, -0.25, "slope from v vᵀ", color="C7")
    ax.set(xlabel="t", ylabel="eigenvalues", ylim=(-1.2, 1.4))
    return fig

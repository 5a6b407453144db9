"""Small eigenvalues do not keep a product of different matrices small."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure


def growth(factors):
    P, sizes = np.eye(2), [1.0]
    for A in factors:
        P = A @ P
        sizes.append(np.linalg.norm(P, 2))
    return np.array(sizes)


def figure() -> Figure:
    A = np.array([[0.9, 2.0], [0.0, 0.9]])
    B = A.T
    fig, ax = plt.subplots()
    steps = 40
    same = growth([A] * steps)
    mixed = growth([A, B] * (steps // 2))
    t = np.arange(steps + 1)
    ax.semilogy(t, same, ".-", color="C0", lw=1)
    ax.semilogy(t, mixed, ".-", color="C1", lw=1)
    ax.semilogy(t, 0.9**t, "--", color="C7", lw=1.2)
    ax.text(22, 30, "A A A …", color="C0")
    ax.text(13, 1e10, "Aᵀ A Aᵀ A …", color="C1", ha="right")
    ax.text(19, 1e-3, "0.9ᵗ, the eigenvalue alone", color="C7")
    ax.set(
        xlabel="number of factors t",
        ylabel="largest singular value",
        ylim=(1e-4, 1e17),
    )
    return fig

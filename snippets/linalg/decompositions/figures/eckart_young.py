"""The error of every rank is what the dropped singular values predict."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import low_rank, picture


def figure() -> Figure:
    A = picture()
    s = np.linalg.svd(A, compute_uv=False)
    ranks = np.array([1, 2, 3, 4, 6, 8, 10, 12, 15, 18, 21, 24, 28, 32])
    gaps = [A - low_rank(A, int(k)) for k in ranks]
    fig, ax = plt.subplots()
    k = np.arange(1, 33)
    tail = np.sqrt(np.cumsum(s[::-1] ** 2)[::-1])
    ax.semilogy(k, tail[k], color="C0", lw=1.2)
    ax.semilogy(k, s[k], color="C1", lw=1.2)
    ax.semilogy(ranks, [np.linalg.norm(E) for E in gaps], "o", color="C0")
    ax.semilogy(ranks, [np.linalg.norm(E, 2) for E in gaps], "s", color="C1")
    rng = np.random.default_rng(0)
    other = []
    for r in ranks:
        Q = np.linalg.qr(A @ rng.normal(size=(A.shape[1], int(r))))[0]
        other.append(np.linalg.norm(A - Q @ (Q.T @ A)))
    ax.semilogy(ranks, other, "^", color="C7", ms=4)
    ax.text(17, 3.6, "a random subspace of rank k", color="C7")
    ax.text(1.2, 0.75, "‖A − Aₖ‖₂, line: σₖ₊₁", color="C1")
    ax.text(6.5, 6.5, "‖A − Aₖ‖, line: dropped σ", color="C0")
    ax.set(xlabel="rank k", ylabel="error", ylim=(0.05, 20))
    return fig

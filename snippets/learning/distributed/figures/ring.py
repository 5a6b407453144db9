"""A ring adds up one part at each worker, then hands the sums round."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import ring_all_reduce

K = 4


def held(rounds):
    """How many vectors each worker has in each part, after some rounds."""
    have = np.eye(K, dtype=int)[:, None, :].repeat(K, axis=1)
    for m in ring_all_reduce(np.ones((K, K))).messages:
        if m.round >= rounds:
            break
        part = (m.source - m.round) % K
        if m.source == 0:
            before = have.copy()
        new = before[m.source, part]
        old = before[m.target, part]
        have[m.target, part] = new + old if m.round < K - 1 else new
    return have.sum(axis=2)


def numbers():
    return {"workers": K, "rounds": 2 * (K - 1), "last": held(6).tolist()}


def figure() -> Figure:
    shown = [0, 1, 3, 4, 6]
    fig, axes = plt.subplots(1, len(shown), figsize=(7.4, 2.3), sharey=True)
    for ax, rounds in zip(axes, shown, strict=True):
        table = held(rounds)
        for k in range(K):
            for part in range(K):
                n = table[k, part]
                full = n == K
                ax.add_patch(
                    plt.Rectangle(
                        (part - 0.46, k - 0.46),
                        *(0.92, 0.92),
                        facecolor="C2" if full else "C0",
                        alpha=0.55 if full else 0.08 + 0.14 * (n - 1),
                    )
                )
                ax.text(part, k, n, ha="center", va="center", fontsize=10)
        ax.set(
            xlim=(-0.6, K - 0.4),
            ylim=(K - 0.4, -0.6),
            xticks=range(K),
            yticks=range(K),
            xlabel="start" if rounds == 0 else f"round {rounds}",
            aspect="equal",
        )
        ax.set_xticklabels("" for _ in range(K))
        ax.grid(visible=False)
        ax.tick_params(length=0)
        for side in ("left", "bottom"):
            ax.spines[side].set_visible(False)
    axes[0].set_yticklabels([f"worker {k + 1}" for k in range(K)])
    return fig

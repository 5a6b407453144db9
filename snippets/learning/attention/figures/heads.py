"""The first block looks at the last letters, the second also further back."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import encode_text, trained_transformer
from derivable.learning.attention.passes import forward

TEXT = "the slope of the sum"
_, (KEPT, _, _) = forward(trained_transformer(), encode_text(TEXT)[None], 4)
P = [kept[5][0] for kept in KEPT]  # of each block, (h, T, T)
SHOWN = ((0, 0), (0, 3), (1, 1), (1, 3))  # block and head


def near(p):
    """Mean weight of a letter and the two before it, rows 8 and later."""
    T = p.shape[-1]
    back = np.arange(T)[:, None] - np.arange(T)
    return float(np.mean(np.sum(p * (back < 3), axis=-1)[:, 8:]))


def numbers():
    return {"near": [near(p) for p in P]}


def figure() -> Figure:
    fig, axes = plt.subplots(2, 2, figsize=(6.4, 6.2))
    t = np.arange(len(TEXT))
    for i, (ax, (m, h)) in enumerate(zip(axes.ravel(), SHOWN, strict=True)):
        s, q = np.meshgrid(t, t)
        ax.scatter(
            s, q, s=42 * P[m][h], marker="s", color=f"C{i}", linewidths=0
        )
        ax.plot([-0.5, t[-1] + 0.5], [-0.5, t[-1] + 0.5], "C7", lw=0.8)
        ax.set_xticks(t, TEXT, fontsize=7)
        ax.set_yticks(t, TEXT, fontsize=7)
        ax.tick_params(length=0)
        ax.invert_yaxis()
        ax.set(xlabel=f"block {m + 1}, head {h + 1}", aspect="equal")
        ax.grid(visible=False)
    for ax in axes[:, 0]:
        ax.set_ylabel("who looks")
    return fig

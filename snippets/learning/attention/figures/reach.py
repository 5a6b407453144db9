"""Behind a mask no score depends on a later token."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import vjp
from derivable.learning import multi_head_attention

T, W = 12, 8
RNG = np.random.default_rng(0)
X = RNG.normal(size=(T, W))
WEIGHTS = {
    key: RNG.normal(size=(W, W)) / W**0.5 for key in ("Wq", "Wk", "Wv", "Wo")
}


def slopes(*, causal):
    """How much row t of the result depends on row s of X."""
    Y, back = vjp(
        lambda X: multi_head_attention(X, WEIGHTS, num_heads=2, causal=causal),
        X,
    )
    S = np.zeros((T, T))
    for t in range(T):
        for j in range(W):
            seed = np.zeros_like(Y)
            seed[t, j] = 1
            S[t] += np.sum(back(seed) ** 2, axis=1)
    return np.sqrt(S)


SLOPES = {causal: slopes(causal=causal) for causal in (False, True)}


def numbers():
    upper = np.triu_indices(T, 1)
    return {
        "late": float(SLOPES[True][upper].max()),
        "free": float(SLOPES[False][upper].min()),
    }


def figure() -> Figure:
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.3), sharey=True)
    s, t = np.meshgrid(np.arange(T), np.arange(T))
    for ax, (causal, S) in zip(axes, SLOPES.items(), strict=True):
        size = 110 * np.sqrt(S / SLOPES[True].max())
        ax.scatter(s, t, s=size, marker="s", color=f"C{int(causal)}", lw=0)
        ax.set(
            xlabel="row of X, " + ("causal" if causal else "no mask"),
            aspect="equal",
        )
        ax.set_xticks([0, 5, 10])
        ax.set_yticks([0, 5, 10])
        ax.grid(visible=False)
    axes[0].set_ylabel("row of the result")
    axes[0].invert_yaxis()
    return fig

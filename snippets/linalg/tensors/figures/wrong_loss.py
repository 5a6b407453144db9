"""The loss on n × n differences climbs while the true one falls."""

import matplotlib.pyplot as plt
import numpy as np


def figure():
    rng = np.random.default_rng(0)
    n = 200
    X = rng.normal(size=(n, 3))
    y = X @ [2.0, -1.0, 0.5] + 0.1 * rng.normal(size=n)
    W, wrong, right = np.zeros((3, 1)), [], []
    for _ in range(41):
        p = X @ W
        wrong.append(np.mean((p - y) ** 2))
        right.append(np.mean((p[:, 0] - y) ** 2))
        W = W - 0.1 * 2 / n * X.T @ (p - y[:, None])

    fig, ax = plt.subplots()
    ax.plot(wrong, color="C3")
    ax.plot(right, color="C0")
    for level, words in [(1, "Var(y)"), (2, "2 Var(y)")]:
        ax.axhline(level * y.var(), color="C7", lw=1, ls="--")
        ax.text(40, level * y.var() * 1.02, words, color="C7", ha="right")
    ax.text(9, wrong[8] * 0.92, "shapes (n, 1) − (n)", color="C3")
    ax.text(9, right[8] + 0.4, "shapes (n) − (n)", color="C0")
    ax.set(
        xlabel="steps of gradient descent",
        ylabel="mean of the squared differences",
        ylim=(0, 2.2 * y.var()),
    )
    return fig

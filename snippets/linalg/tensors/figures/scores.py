"""Without √d scores spread like d and the softmax loses its slopes."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.linalg import attention_weights


def measured(d, rng):
    Q, K = rng.normal(size=(400, d)), rng.normal(size=(16, d))
    slopes = [
        np.mean(1 - np.sum(attention_weights(Q, K, scale=s) ** 2, axis=1))
        for s in (1.0, d**-0.5)
    ]
    q, k = rng.normal(size=(2, 4000, d))
    return np.var(np.sum(q * k, axis=1)), *slopes


def figure():
    widths = 2 ** np.arange(1, 11)
    rng = np.random.default_rng(0)
    variance, plain, scaled = np.array([measured(d, rng) for d in widths]).T

    fig, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.4))
    left.loglog(widths, widths, "--", color="C7", lw=1)
    left.axhline(1, ls="--", color="C7", lw=1)
    left.loglog(widths, variance, "o", color="C3")
    left.loglog(widths, variance / widths, "s", color="C0")
    left.text(2, 150, "q·k, and the line d", color="C3")
    left.text(16, 1.6, "q·k / √d, and the line 1", color="C0")
    left.set(xlabel="width d", ylabel="variance of a score", ylim=(0.4, 2000))
    right.semilogx(widths, plain, "o-", color="C3")
    right.semilogx(widths, scaled, "s-", color="C0")
    right.text(60, plain[5] + 0.1, "softmax(q·k)", color="C3")
    right.text(20, 0.96, "softmax(q·k / √d)", color="C0")
    right.set(xlabel="width d", ylabel="1 − ‖p‖²", ylim=(0, 1.05))
    return fig

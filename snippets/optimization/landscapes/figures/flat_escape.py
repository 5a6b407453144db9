"""Off a strict saddle the time is a logarithm, off a flat one a power."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.optimization import (
    escape_time,
    flat_saddle,
    gradient_descent,
)

ALPHA = 0.2


def figure():
    offsets = np.array([0.3, 0.1, 0.03, 0.01])
    fine = np.logspace(-2, -0.5, 41)
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    for i, p in enumerate((2, 3, 4)):
        k = [
            escape_time(
                flat_saddle(p),
                [0, e],
                gradient_descent(ALPHA),
                max_steps=30_000,
            )
            for e in offsets
        ]
        if p == 2:
            line = np.log(1 / fine) / np.log(1 + ALPHA)
            said = "p = 2: logarithm"
        else:
            line = (fine ** (2 - p) - 1) / (ALPHA * (p - 2))
            said = f"p = {p}: slope −{p - 2}"
        ax.loglog(fine, line, "--", color=f"C{i}", lw=1)
        ax.loglog(offsets, k, "o", color=f"C{i}")
        ax.text(0.0085, k[-1], said, color=f"C{i}", va="center")
    ax.set(
        xlim=(0.4, 1.2e-3),
        xlabel="offset ε",
        ylabel="steps to distance 1",
    )
    return fig

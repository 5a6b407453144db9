"""The time to leave a saddle grows with the logarithm of the offset."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.optimization import (
    adam,
    escape_time,
    gradient_descent,
    momentum,
    predicted_escape_time,
    saddle,
)

RULES = [
    ("gradient descent", gradient_descent(0.1), 0.0),
    ("momentum 0.5", momentum(0.1, beta=0.5), 0.5),
    ("momentum 0.9", momentum(0.1), 0.9),
    ("Adam", adam(0.1), None),
]


def figure():
    offsets = 10.0 ** -np.arange(1, 10)
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    for i, (name, rule, beta) in enumerate(RULES):
        k = [
            escape_time(saddle(), [0.9, e], rule, max_steps=200)
            for e in offsets
        ]
        ax.semilogx(offsets, k, "o", color=f"C{i}", ms=5)
        if beta is not None:
            predicted = [
                predicted_escape_time(
                    e, curvature=-2.0, learning_rate=0.1, beta=beta
                )
                for e in offsets
            ]
            ax.semilogx(offsets, predicted, "--", color=f"C{i}", lw=1)
        ax.text(0.6e-9, k[-1], name, color=f"C{i}", va="center", ha="left")
    ax.set(xlim=(0.3, 4e-12), xlabel="offset ε", ylabel="steps to distance 1")
    return fig

"""A constant rate stalls at its floor; a falling one goes on."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    Batches,
    FiniteSum,
    Problem,
    gradient_descent,
    inverse_decay,
    linear_regression,
    sgd,
)

N, D, EPOCHS = 256, 4, 400


def squares(X, y):
    return Problem(
        lambda w: np.sum((X @ w - y) ** 2) / (2 * len(y)),
        lambda w: X.T @ (X @ w - y) / len(y),
    )


def figure() -> Figure:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(N, D))
    y = X @ np.ones(D) + rng.normal(size=N)
    problem = FiniteSum(squares, (X, y))
    full = linear_regression(X, y)
    lowest = full.f(full.minimiser)

    epochs = np.unique(np.geomspace(1, EPOCHS, 150).astype(int))
    fig, ax = plt.subplots(figsize=(6.8, 4.2))
    for rate, color, words, place in [
        (0.1, "C1", "α = 0.1", (420, 0.03)),
        (0.01, "C2", "α = 0.01", (420, 0.003)),
        (inverse_decay(0.1, delay=20), "C0", "α ∝ 1/t", (420, 0.00006)),
    ]:
        runs = []
        for seed in range(5):
            batches = Batches(4, np.random.default_rng(seed), replacement=True)
            path = sgd(
                problem,
                np.zeros(D),
                gradient_descent(rate),
                batches,
                num_epochs=EPOCHS,
            )
            runs.append(path.f - lowest)
        low, mid, high = np.quantile(runs, [0, 0.5, 1], axis=0)
        ax.loglog(epochs, mid[epochs], color=color)
        ax.fill_between(
            epochs, low[epochs], high[epochs], color=color, alpha=0.2
        )
        ax.text(*place, words, color=color, va="center")
    ax.set(xlabel="epoch", ylabel="f − f* on all data", xlim=(1, 1400))
    return fig

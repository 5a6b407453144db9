"""A constant rate stalls at its floor; a falling one goes on."""

from functools import cache

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

N, D, EPOCHS, BATCH, SEEDS = 256, 4, 400, 4, 5
RATES = (0.1, 0.01, inverse_decay(0.1, delay=20))


def squares(X, y):
    return Problem(
        lambda w: np.sum((X @ w - y) ** 2) / (2 * len(y)),
        lambda w: X.T @ (X @ w - y) / len(y),
    )


@cache
def gaps(rate):
    """f − f* before each epoch, one row for each seed."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(N, D))
    y = X @ np.ones(D) + rng.normal(size=N)
    problem = FiniteSum(squares, (X, y))
    full = linear_regression(X, y)
    lowest = full.f(full.minimiser)

    runs = []
    for seed in range(SEEDS):
        batches = Batches(BATCH, np.random.default_rng(seed), replacement=True)
        path = sgd(
            problem,
            np.zeros(D),
            gradient_descent(rate),
            batches,
            num_epochs=EPOCHS,
        )
        runs.append(path.f - lowest)
    return np.array(runs)


def numbers():
    last = [np.median(gaps(rate)[:, EPOCHS // 2 :]) for rate in RATES]
    end = np.median(gaps(RATES[2])[:, -1])
    constant = RATES[:2]
    return {
        "rates": constant, "floors": last[:2], "end": end,
        "batch": BATCH, "seeds": SEEDS,
    }  # fmt: skip


def figure() -> Figure:
    epochs = np.unique(np.geomspace(1, EPOCHS, 150).astype(int))
    fig, ax = plt.subplots(figsize=(6.8, 4.2))
    for rate, color, words, place in [
        (RATES[0], "C1", f"α = {RATES[0]}", (420, 0.03)),
        (RATES[1], "C2", f"α = {RATES[1]}", (420, 0.003)),
        (RATES[2], "C0", "α ∝ 1/t", (420, 0.00006)),
    ]:
        low, mid, high = np.quantile(gaps(rate), [0, 0.5, 1], axis=0)
        ax.loglog(epochs, mid[epochs], color=color)
        ax.fill_between(
            epochs, low[epochs], high[epochs], color=color, alpha=0.2
        )
        ax.text(*place, words, color=color, va="center")
    ax.set(xlabel="epoch", ylabel="f − f* on all data", xlim=(1, 1400))
    return fig

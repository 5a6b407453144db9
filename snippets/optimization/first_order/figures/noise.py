"""The noise of a batch falls like 1/B, and the floor like α/B."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    Batches,
    FiniteSum,
    Problem,
    gradient_descent,
    linear_regression,
    sgd,
)

N, D, SIZES = 256, 4, (2, 8, 32)


def numbers():
    return {"samples": N, "sizes": SIZES}


def squares(X, y):
    return Problem(
        lambda w: np.sum((X @ w - y) ** 2) / (2 * len(y)),
        lambda w: X.T @ (X @ w - y) / len(y),
    )


def problem():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(N, D))
    y = X @ np.ones(D) + rng.normal(size=N)
    return FiniteSum(squares, (X, y))


def variance(p, w, size, rng, *, replacement):
    g = p.full().gradient(w)
    drawn = Batches(size, rng, replacement)
    first = [next(drawn.epoch(N)) for _ in range(600)]
    return np.mean([np.sum((p.on(i).gradient(w) - g) ** 2) for i in first])


def figure() -> Figure:
    p, rng = problem(), np.random.default_rng(1)
    full = linear_regression(*p.data)
    w = full.minimiser
    each = [p.on(np.array([i])).gradient(w) for i in range(N)]
    spread = np.sum(np.var(each, axis=0))

    fig, (left, right) = plt.subplots(1, 2, figsize=(7.8, 4))
    sizes = 2 ** np.arange(8)
    for replacement, color, words, place in [
        (True, "C0", "with replacement", (9, 0.75)),
        (False, "C1", "without", (17, 0.03)),
    ]:
        seen = [
            variance(p, w, int(b), rng, replacement=replacement) for b in sizes
        ]
        left.loglog(sizes, seen, "o", color=color)
        left.text(*place, words, color=color)
    left.loglog(sizes, spread / sizes, "--", color="C0", lw=1)
    left.loglog(
        sizes, spread / sizes * (N - sizes) / (N - 1), "--", color="C1", lw=1
    )
    left.set(xlabel="batch size B", ylabel="mean ‖error of the gradient‖²")

    rates = np.array([0.01, 0.02, 0.04, 0.08])
    for size, color in zip(SIZES, ("C2", "C4", "C3"), strict=True):
        floors = [floor(p, full, rate, size) for rate in rates]
        line = rates * spread / (4 * size)
        right.loglog(rates, floors, "o", color=color)
        right.loglog(rates, line, "--", color="C7", lw=1)
        right.text(0.0105, line[0] * 1.6, f"B = {size}", color=color)
    right.set(
        xlabel="learning rate α",
        ylabel="floor of f − f*",
        xticks=rates,
        xticklabels=rates,
    )
    right.text(0.02, line[0] * 0.85, "dashed: α tr S / 4B", color="C7")
    right.minorticks_off()
    return fig


def floor(p, full, rate, size):
    path = sgd(
        p,
        full.minimiser,
        gradient_descent(rate),
        Batches(size, np.random.default_rng(2), replacement=True),
        num_epochs=60 * max(1, size // 4),
    )
    return np.mean(path.f[len(path.f) // 5 :]) - full.f(full.minimiser)

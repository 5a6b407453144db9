"""What knowing the curvature is worth, in evaluations of the gradient."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.optimization import (
    DivergenceError,
    bfgs,
    gradient_descent,
    lbfgs,
    logistic_regression,
    minimize,
    momentum,
    newton_minimize,
)

BUDGET = 400


def tuned(problem, start, make):
    """The run with the best of 16 rates, of those that do not diverge."""
    runs = []
    for rate in np.geomspace(0.1, 30, 16) / problem.smoothness:
        try:
            optimizer = make(rate)
            runs.append(minimize(problem, start, optimizer, num_steps=BUDGET))
        except DivergenceError:
            continue
    return min(runs, key=lambda path: path.f[-1])


def figure():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(400, 20)) * np.geomspace(0.1, 5, 20)
    y = X @ rng.normal(size=20) + 4 * rng.normal(size=400) > 0
    loss = logistic_regression(X, y.astype(float), penalty=1e-4)
    start = np.zeros(20)
    best = newton_minimize(loss, start, tol=1e-12).f[-1]
    first = {
        "gradient descent": ("C1", gradient_descent),
        "momentum 0.95": ("C4", lambda rate: momentum(rate, beta=0.95)),
    }
    second = {
        "Newton": ("C0", newton_minimize),
        "BFGS": ("C2", bfgs),
        "L-BFGS": ("C3", lbfgs),
    }
    fig, ax = plt.subplots()
    for name, (color, make) in first.items():
        path = tuned(loss, start, make)
        gap = np.maximum(path.f - best, 1e-16)
        ax.semilogy(path.steps + 1, gap, color=color)
        ax.text(BUDGET + 5, gap[-1], name, color=color, va="center")
    for name, (color, method) in second.items():
        path = method(loss, start, tol=1e-6)
        gap, calls = path.f - best, path.gradient_evaluations
        seen = gap > 1e-13
        ax.semilogy(calls[seen], gap[seen], color=color)
        side = -8 if name == "BFGS" else 8
        where = calls[seen][-1] + side, gap[seen][-1]
        ax.text(*where, name, color=color, ha="right" if side < 0 else "left")
    ax.set(
        xlabel="evaluations of the gradient",
        ylabel="f above its minimum",
        xlim=(0, 540),
        ylim=(3e-14, 2),
    )
    ax.set_xticks([0, 100, 200, 300, 400])
    return fig

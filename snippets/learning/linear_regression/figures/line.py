"""The learning rate shows in the loss, not in the data."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import mean_squared_error, with_intercept
from derivable.optimization import (
    DivergenceError,
    gradient_descent,
    linear_regression,
    minimize,
)

RATES = {"too small": 0.0005, "good": 0.05, "too large": 0.0606}
STEPS = 200


@functools.cache
def data():
    x = np.linspace(0, 10, 50)
    return x, 2 * x + 1 + 0.5 * np.random.default_rng(42).normal(size=50)


@functools.cache
def runs():
    """Mean squared errors after every step, for every rate."""
    x, y = data()
    problem = linear_regression(with_intercept(x[:, None]), y)
    found = {}
    for name, rate in RATES.items():
        try:
            path = minimize(
                problem,
                np.zeros(2),
                gradient_descent(rate),
                num_steps=STEPS,
            )
        except DivergenceError as error:
            path = error.path
        found[name] = path.x, 2 * path.f
    return found


def numbers():
    x, y = data()
    b, w = runs()["good"][0][-1]
    return {
        "b": b,
        "w": w,
        "rates": list(RATES.values()),
        "steps": STEPS,
        "loss": mean_squared_error(y, b + w * x),
        "small": runs()["too small"][1][-1],
        "grown": runs()["too large"][1][-1] / runs()["too large"][1][0],
    }


def figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.4))
    x, y = data()
    left.plot(x, y, ".", color="C0", ms=5)
    for step, color in ((0, "C7"), (1, "C7"), (STEPS, "C1")):
        b, w = runs()["good"][0][step]
        left.plot(x, b + w * x, color=color, lw=1.6)
    left.text(6.3, 1.0, "start", color="C7")
    left.text(0.4, 14.0, "one step", color="C7")
    left.text(5.2, 7.5, "fitted line", color="C1")
    left.set(xlabel="x", ylabel="y", ylim=(-1, 24))
    for (name, (_, loss)), color in zip(
        runs().items(), ("C2", "C1", "C3"), strict=True
    ):
        right.semilogy(loss, color=color)
        at = min(110, int(np.argmin(loss < 1e4)) or len(loss) - 1)
        up = {"too small": 1.5, "good": 0.5, "too large": 1.0}[name]
        right.text(at + 3, up * loss[at], name, color=color)
    right.set(xlabel="step", ylabel="mean squared error", ylim=(0.03, 1e5))
    return fig

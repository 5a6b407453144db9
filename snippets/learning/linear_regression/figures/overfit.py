"""A higher degree always fits better, and soon predicts worse."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import (
    fit_linear,
    mean_squared_error,
    polynomial_features,
)

NOISE = 0.3
DEGREES = range(1, 13)
SHOWN = (1, 5, 12)


def truth(x):
    return np.sin(4 * x) + x


@functools.cache
def data():
    rng = np.random.default_rng(1)
    found = []
    for n in (20, 20_000):  # as the program of the page draws them
        x = rng.uniform(-1, 1, size=n)
        found += [x, truth(x) + NOISE * rng.normal(size=n)]
    return found


def powers(x, degree):
    return polynomial_features(x[:, None], degree)


@functools.cache
def fits():
    x, y, new, y_new = data()
    found = {}
    for k in DEGREES:
        model = fit_linear(powers(x, k), y)
        found[k] = (
            model,
            mean_squared_error(y, model.predict(powers(x, k))),
            mean_squared_error(y_new, model.predict(powers(new, k))),
        )
    return found


def numbers():
    new = {k: fits()[k][2] for k in DEGREES}
    best = min(new, key=new.get)
    return {
        "best": best,
        "at_best": fits()[best][1],
        "at_most": new[DEGREES[-1]],
        "seen": {k: fits()[k][1] for k in DEGREES},
        "new": new,
        "shown": SHOWN,
        "noise": NOISE**2,
    }


def figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.5))
    x, y, *_ = data()
    fine = np.linspace(-1, 1, 201)
    left.plot(fine, truth(fine), "--", color="C7", lw=1)
    left.plot(x, y, ".", color="C0", ms=7)
    for k, color in zip(SHOWN, ("C2", "C1", "C3"), strict=True):
        left.plot(fine, fits()[k][0].predict(powers(fine, k)), color=color)
    left.text(0.3, -0.9, "degree 1", color="C2")
    left.text(0.02, 1.0, "5", color="C1")
    left.text(-0.84, 1.9, "12", color="C3")
    left.text(0.6, 0.1, "truth", color="C7")
    left.set(xlabel="x", ylabel="y", ylim=(-2.6, 2.6))
    seen, new = ([fits()[k][i] for k in DEGREES] for i in (1, 2))
    right.semilogy(DEGREES, seen, "o-", color="C0", ms=4)
    right.semilogy(DEGREES, new, "o-", color="C1", ms=4)
    right.axhline(NOISE**2, color="C7", lw=1, ls="--")
    right.text(5.5, 0.035, "training data", color="C0")
    right.text(5.6, 3.0, "new data", color="C1")
    right.text(8.4, 0.1, "noise", color="C7")
    right.set(xlabel="degree", ylabel="mean squared error", ylim=(0.025, 90))
    right.set_xticks([2, 4, 6, 8, 10, 12])
    return fig

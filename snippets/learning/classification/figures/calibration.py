"""A right model, weighted to balance, orders as before and says too much."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import sigmoid
from derivable.learning import balanced_weights, fit_logistic
from derivable.probability import (
    calibration_curve,
    expected_calibration_error,
)

N = 40_000


@functools.cache
def sample():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(N, 1))
    y = (rng.random(N) < sigmoid(1.5 * x[:, 0] - 3)).astype(int)
    return x, y


@functools.cache
def stated(balanced):
    x, y = sample()
    weights = balanced_weights(y) if balanced else None
    return fit_logistic(x, y, weights=weights).probability(x)


def numbers():
    y = sample()[1]
    p = [stated(balanced) for balanced in (False, True)]
    return {
        "share": y.mean(),
        "mean": [q.mean() for q in p],
        "error": [expected_calibration_error(y, q) for q in p],
    }


def figure() -> Figure:
    y = sample()[1]
    fig, ax = plt.subplots(figsize=(5.2, 4.0))
    ax.plot([0, 1], [0, 1], ":", color="C7", lw=1)
    for balanced, color in ((False, "C0"), (True, "C1")):
        curve = calibration_curve(y, stated(balanced))
        ax.plot(curve.confidence, curve.frequency, "o-", color=color, ms=4)
    ax.text(0.3, 0.46, "as it is", color="C0")
    ax.text(0.6, 0.05, "balanced", color="C1")
    ax.set(xlabel="stated probability", ylabel="share that came true")
    return fig

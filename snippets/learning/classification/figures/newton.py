"""IRLS doubles its digits; gradient descent adds some at each step."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_breast_cancer

from derivable.learning import fit_logistic
from derivable.optimization import (
    gradient_descent,
    logistic_regression,
    minimize,
)

data = load_breast_cancer()
X, y = data.data[:, :2], 1 - data.target
STEPS = 400


@functools.cache
def errors():
    """Excess losses of IRLS, of descent, and of descent in the units given."""
    model = fit_logistic(X, y)
    newton = model.losses - model.losses[-1]
    found = [newton[newton > 1e-14]]
    for Z in ((X - X.mean(axis=0)) / X.std(axis=0), X):
        f = logistic_regression(np.column_stack([np.ones(len(y)), Z]), y)
        path = minimize(
            f,
            np.zeros(3),
            gradient_descent(1 / f.smoothness),
            num_steps=STEPS,
        )
        found.append(path.f - model.losses[-1])
    return found


def numbers():
    newton, scaled, raw = errors()
    return {
        "newton": len(newton),
        "scaled": scaled[-1],
        "raw": raw[-1],
        "steps": STEPS,
        "first": newton[0],
    }


def figure() -> Figure:
    newton, scaled, raw = errors()
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    for e, color in ((newton, "C1"), (scaled, "C0"), (raw, "C2")):
        style = {"marker": "o", "ms": 4} if len(e) < 20 else {}
        ax.semilogy(1 + np.arange(len(e)), e, color=color, **style)
    ax.set_xscale("log")
    ax.text(8, 1e-11, "IRLS", color="C1")
    ax.text(60, 1e-3, "gradient descent,\nstandardised", color="C0")
    ax.text(30, 0.04, "gradient descent, given units", color="C2")
    ax.set(
        xlabel="steps, counted from 1",
        ylabel="loss above its minimum",
        ylim=(1e-14, 2),
    )
    return fig

"""The same line, found in one step or in a hundred thousand."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_diabetes

from derivable.learning import fit_scaler, with_intercept
from derivable.optimization import linear_regression

STEPS = np.unique(np.geomspace(1, 1_000_000, 200).astype(int))
KINDS = ("raw", "centred", "standardised")


@functools.cache
def gaps():
    """Share of the loss above its minimum after k steps, by eigenvalues."""
    X, y = load_diabetes(return_X_y=True, scaled=False)
    x = X[:, [2, 3]]
    made = (x, x - x.mean(axis=0), fit_scaler(x).transform(x))
    found = {}
    for name, features in zip(KINDS, made, strict=True):
        problem = linear_regression(with_intercept(features), y)
        c, V = np.linalg.eigh(problem.hessian(np.zeros(3)))
        start = V.T @ problem.minimiser
        parts = c * start**2 / np.sum(c * start**2)
        left = (1 - c / c[-1]) ** (2 * STEPS[:, None])
        found[name] = left @ parts, c[-1] / c[0]
    return found


def numbers():
    return {
        "kappa": [gaps()[name][1] for name in KINDS],
        "first": gaps()["raw"][0][0],
        "last": gaps()["raw"][0][-1],
        "steps": [
            STEPS[np.argmax(gaps()[name][0] < 1e-6)]
            if gaps()[name][0][-1] < 1e-6
            else 0
            for name in KINDS
        ],
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    places = {"raw": (3e3, 0.1), "centred": (140, 2e-3)}
    places["standardised"] = (1.1, 1e-7)
    for (name, (left, kappa)), color in zip(
        gaps().items(), ("C3", "C0", "C2"), strict=True
    ):
        ax.loglog(STEPS, np.maximum(left, 1e-12), color=color)
        label = (
            f"{name}, κ = {kappa:,.0f}"
            if kappa > 9
            else f"{name}, κ = {kappa:.1f}"
        )
        ax.text(*places[name], label, color=color)
    ax.set(
        xlabel="steps of gradient descent",
        ylabel="loss above the minimum, share",
        ylim=(1e-9, 2),
    )
    return fig

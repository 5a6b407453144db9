"""Choosing columns before the split finds a pattern in pure noise."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import cross_validate, fit_linear, k_folds

RUNS, SIZE, NOISE_COLUMNS, KEPT = 200, 50, 1000, 10


def chosen(X, y):
    """The columns that correlate most with y."""
    Z = X - X.mean(axis=0)
    r = np.abs(Z.T @ (y - y.mean())) / np.linalg.norm(Z, axis=0)
    return np.argsort(r)[-KEPT:]


class Selected:
    """Columns chosen within the fit."""

    def __init__(self, X, y):
        self.columns = chosen(X, y)
        self.model = fit_linear(X[:, self.columns], y)

    def predict(self, X):
        return self.model.predict(X[:, self.columns])


class Mean:
    """The mean of the training targets, and no column."""

    def __init__(self, _X, y):
        self.value = y.mean()

    def predict(self, X):
        return np.full(len(X), self.value)


@functools.cache
def shares():
    """Error over the variance of y: before the split, within, the mean."""
    rng = np.random.default_rng(0)
    found = []
    for _ in range(RUNS):
        X = rng.normal(size=(SIZE, NOISE_COLUMNS))
        y = rng.normal(size=SIZE)
        folds = k_folds(SIZE, 5, rng=rng)
        leaked = cross_validate(fit_linear, X[:, chosen(X, y)], y, folds)
        honest = cross_validate(Selected, X, y, folds)
        mean = cross_validate(Mean, X, y, folds)
        errors = [leaked.mean(), honest.mean(), mean.mean()]
        found.append(np.array(errors) / y.var())
    return np.array(found).T


def numbers():
    leaked, honest, mean = shares()
    return {
        "runs": RUNS,
        "size": SIZE,
        "columns": NOISE_COLUMNS,
        "kept": KEPT,
        "leaked": np.median(leaked),
        "honest": np.median(honest),
        "mean": np.median(mean),
        "overlap": int(np.sum(leaked > honest.min())),
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    bins = np.linspace(0, 3, 31)
    leaked, honest, mean = shares()
    ax.hist(leaked, bins, color="C3", alpha=0.75)
    ax.hist(honest, bins, color="C0", alpha=0.75)
    ax.axvline(np.median(mean), color="C7", lw=1, ls="--")
    ax.text(0.62, 48, "chosen\nbefore\nthe split", color="C3")
    ax.text(1.75, 30, "chosen within each fold", color="C0")
    ax.text(1.08, 62, "the mean alone", color="C7")
    ax.set(
        xlabel="cross-validated error, share of the variance of y",
        ylabel="data sets of pure noise",
    )
    return fig

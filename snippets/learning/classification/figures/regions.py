"""Softmax regions are cut by straight lines that meet in one point."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_iris

from derivable.learning import fit_softmax

iris = load_iris()
X, y = iris.data[:, :2], iris.target  # sepal length and width, cm
RIDGE = 0.01


@functools.cache
def fitted():
    return fit_softmax(X, y, ridge=RIDGE)


def meeting():
    """Where the three scores are equal."""
    model = fitted()
    A = (model.W[:, 1:] - model.W[:, :1]).T
    return np.linalg.solve(A, model.b[0] - model.b[1:])


def numbers():
    model = fitted()
    at = meeting()
    return {
        "ridge": RIDGE,
        "right": np.mean(model.predict(X) == y),
        "meets": at,
        "equal": model.probability([at])[0],
    }


def figure() -> Figure:
    model = fitted()
    fig, ax = plt.subplots(figsize=(6.4, 4.2))
    a, b = np.meshgrid(np.linspace(4, 8.2, 300), np.linspace(1.8, 4.6, 200))
    Z = model.logits(np.column_stack([a.ravel(), b.ravel()]))
    for c, color in enumerate(("C0", "C1", "C2")):
        others = np.delete(Z, c, axis=1).max(axis=1)
        lead = (Z[:, c] - others).reshape(a.shape)
        ax.contourf(a, b, lead, [0, 1e9], colors=[color], alpha=0.12)
        ax.plot(*X[y == c].T, "o", color=color, ms=3)
        ax.contour(a, b, lead, [0], colors="C7", linewidths=1)
    ax.plot(*meeting(), "s", color="C7", ms=6)
    ax.text(4.1, 4.35, "setosa", color="C0")
    ax.text(4.9, 1.9, "versicolor", color="C1")
    ax.text(7.4, 2.0, "virginica", color="C2")
    ax.set(xlabel="sepal length, cm", ylabel="sepal width, cm")
    ax.grid(visible=False)
    return fig

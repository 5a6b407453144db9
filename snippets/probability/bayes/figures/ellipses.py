"""Naive Bayes sees upright ellipses where the clouds are tilted."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_iris

from derivable.probability import gaussian_nb

iris = load_iris()
X, y = iris.data[:, 2:], iris.target  # petal length and width, cm


def numbers():
    first, second, third = (np.corrcoef(X[y == c].T)[0, 1] for c in range(3))
    return {"correlation": second, "others": [first, third]}


def figure() -> Figure:
    model = gaussian_nb(X, y)
    fig, ax = plt.subplots(figsize=(6.4, 4.4))
    a, b = np.meshgrid(np.linspace(0.5, 7.2, 200), np.linspace(-0.2, 2.9, 200))
    where = model.predict(np.stack([a.ravel(), b.ravel()], axis=1))
    ax.contour(
        a, b, where.reshape(a.shape), [0.5, 1.5], colors="C7", linewidths=1
    )
    turn = np.linspace(0, 2 * np.pi, 100)
    for c, name in enumerate(iris.target_names):
        ax.plot(*X[y == c].T, ".", color=f"C{c}", ms=5)
        mean, spread = model.theta[c], 2 * model.sigma[c]
        ax.plot(
            mean[0] + spread[0] * np.cos(turn),
            mean[1] + spread[1] * np.sin(turn),
            color=f"C{c}",
        )
        ax.text(
            mean[0] - 0.2, mean[1] + spread[1] + 0.08, name,
            color=f"C{c}", ha="right",
        )  # fmt: skip
    ax.set(xlabel="petal length, cm", ylabel="petal width, cm")
    ax.grid(visible=False)
    return fig

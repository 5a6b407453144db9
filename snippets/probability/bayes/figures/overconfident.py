"""Each copy of a feature flattens the curve away from the diagonal."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import calibration_curve, gaussian_nb

COPIES = (1, 2, 4, 8)


@functools.cache
def curves():
    rng = np.random.default_rng(0)
    y = rng.integers(2, size=20_000)
    x = rng.normal(size=y.size) + y
    train, test = slice(0, 10_000), slice(10_000, None)
    found = {}
    for m in COPIES:
        X = np.repeat(x[:, None], m, axis=1)
        p = gaussian_nb(X[train], y[train]).predict_proba(X[test])[:, 1]
        found[m] = calibration_curve(y[test], p)
    return found


def numbers():
    return {"edge": 0.9, "flattest": curves()[8].frequency[-1]}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(5.4, 4.6))
    ax.plot([0, 1], [0, 1], "--", color="C7", lw=1)
    for i, (m, curve) in enumerate(curves().items()):
        ax.plot(curve.confidence, curve.frequency, "o-", color=f"C{i}", ms=4)
        ax.annotate(
            "1 copy" if m == 1 else f"{m} copies",
            (curve.confidence[-1], curve.frequency[-1]),
            (6, -3),
            textcoords="offset points",
            color=f"C{i}",
        )
    ax.text(0.62, 0.72, "honest", color="C7", rotation=40)
    ax.set(
        xlabel="stated probability of class 1",
        ylabel="how often it was class 1",
        xlim=(0, 1.22),
        xticks=np.linspace(0, 1, 6),
        ylim=(0, 1),
    )
    return fig

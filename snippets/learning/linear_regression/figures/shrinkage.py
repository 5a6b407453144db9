"""Ridge shortens all weights together; the lasso lets them in one by one."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_diabetes

from derivable.learning import fit_lasso, fit_ridge, fit_scaler

RIDGE = np.geomspace(100, 1e-3, 61)
LASSO = np.geomspace(50, 0.05, 61)
SHOWN = {"bmi": "C0", "bp": "C2", "s1": "C3", "s2": "C4", "s5": "C1"}


@functools.cache
def paths():
    """Weights of standardised columns, one penalty a row."""
    X, y = load_diabetes(return_X_y=True, scaled=False)
    s = fit_scaler(X).scale
    return {
        "ridge": np.array([fit_ridge(X, y, v).w * s for v in RIDGE]),
        "lasso": np.array([fit_lasso(X, y, v).w * s for v in LASSO]),
    }


def numbers():
    names = load_diabetes().feature_names
    lasso = paths()["lasso"]
    order = np.argsort([np.argmax(w != 0) for w in lasso.T], kind="stable")
    s1, s2 = names.index("s1"), names.index("s2")
    X, _ = load_diabetes(return_X_y=True)
    ridge = paths()["ridge"]
    return {
        "crossing": int(np.sum(np.ptp(np.sign(ridge), axis=0) == 2)),
        "order": [names[j] for j in order],
        "zeros": int(np.sum(paths()["ridge"] == 0)),
        "first": int(np.sum(lasso[20] != 0)),
        "s1": [ridge[0, s1], ridge[-1, s1]],
        "s2": ridge[-1, s2],
        "correlation": np.corrcoef(X.T)[s1, s2],
        "calm": np.abs(ridge[np.searchsorted(-RIDGE, -0.1)][[s1, s2]]).max(),
    }


def figure() -> Figure:
    fig, axes = plt.subplots(1, 2, figsize=(7.2, 3.5), sharey=True)
    names = load_diabetes().feature_names
    for ax, lams, (name, w) in zip(
        axes, (RIDGE, LASSO), paths().items(), strict=True
    ):
        for j, feature in enumerate(names):
            color = SHOWN.get(feature, "C7")
            ax.semilogx(lams, w[:, j], color=color, lw=1.6)
        ax.invert_xaxis()
        ax.set(xlabel=f"λ of {name}, falling")
    for feature, color, x, y in (
        ("s5", "C1", 3e-2, 27.5),
        ("bmi", "C0", 3.0, 17.0),
        ("bp", "C2", 0.6, 8.0),
        ("s1", "C3", 6e-2, -27.0),
        ("s2", "C4", 3.2e-3, 9.3),
    ):
        axes[0].text(x, y, feature, color=color)
    axes[0].set(ylabel="weight of a standardised column")
    return fig

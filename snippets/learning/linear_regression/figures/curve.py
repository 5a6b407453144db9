"""Cross-validation knows the error that the training data hide."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_diabetes

from derivable.learning import (
    fit_ridge,
    k_folds,
    mean_squared_error,
    polynomial_features,
    validation_curve,
)

LAMS = np.geomspace(30, 1e-4, 23)
TRAIN = 150


@functools.cache
def measured():
    """Errors of all products of two columns: folds, training, new."""
    X, y = load_diabetes(return_X_y=True, scaled=False)
    P = polynomial_features(np.delete(X, 1, axis=1), 2)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(y))
    seen, new = order[:TRAIN], order[TRAIN:]
    folds = k_folds(TRAIN, 10, rng=rng)
    curve = validation_curve(fit_ridge, P[seen], y[seen], LAMS, folds)
    errors = []
    for lam in LAMS:
        model = fit_ridge(P[seen], y[seen], lam)
        errors.append(
            [
                mean_squared_error(y[rows], model.predict(P[rows]))
                for rows in (seen, new)
            ]
        )
    return curve, np.array(errors).T


def numbers():
    curve, (seen, new) = measured()
    return {
        "columns": 54,
        "train": TRAIN,
        "best": LAMS[curve.best],
        "error": curve.mean[curve.best],
        "new": new[curve.best],
        "simplest": LAMS[curve.simplest],
        "least": new.min(),
        "seen": seen[curve.best],
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.8))
    curve, (seen, new) = measured()
    ax.loglog(LAMS, seen, color="C0")
    ax.loglog(LAMS, new, color="C1")
    ax.errorbar(
        LAMS,
        curve.mean,
        yerr=curve.standard_error,
        color="C2",
        fmt="o",
        ms=4,
        lw=1,
    )
    ax.plot(
        LAMS[[curve.best, curve.simplest]],
        curve.mean[[curve.best, curve.simplest]],
        "o",
        mfc="none",
        color="C3",
        ms=11,
    )
    ax.invert_xaxis()
    ax.text(2e-2, 2000, "training data", color="C0")
    ax.text(7.0, 4300, "new patients", color="C1")
    ax.text(2e-2, 4100, "cross-validation", color="C2")
    ax.set(
        xlabel="λ, falling: more and more flexible",
        ylabel="mean squared error",
    )
    ax.set_yticks(
        [1500, 2000, 3000, 5000, 8000],
        labels=["1500", "2000", "3000", "5000", "8000"],
    )
    ax.minorticks_off()
    return fig

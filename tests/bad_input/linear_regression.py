"""Calls of the chapter on linear regression."""

import numpy as np

from derivable.learning import LinearModel, Scaler

RESULTS = {"ErrorParts", "LinearModel", "Scaler", "ValidationCurve"}
FREE = {  # handed on to the fit, whose business it is
    "validation_curve.values",
}

X = [[1.0, 0.5], [0.0, 2.0], [1.5, -1.0], [2.0, 1.0], [-1.0, 0.5]]
Y = [1.0, 2.0, -0.5, 0.5, 1.5]
FOLDS = [([0, 1, 2], [3, 4]), ([2, 3, 4], [0, 1])]


class Constant:
    """A model that predicts one number, and can be multiplied."""

    def __init__(self, y):
        self.value = np.mean(y)

    def __rmul__(self, factor):
        return Constant([factor * self.value])

    def predict(self, X):
        return np.full(len(X), self.value)


def calls():
    data = {"X": X, "y": Y}
    w, scale = np.array([0.5, -1.0]), np.array([2.0, 0.5])
    return {
        "LinearModel.predict": {"self": LinearModel(1.0, w), "X": X},
        "Scaler.transform": {"self": Scaler(w, scale), "X": X},
        "cross_validate": {
            "fit": lambda _X, y: Constant(y),
            **data,
            "folds": FOLDS,
        },
        "decompose_error": {"predictions": X, "truth": [0.5, 1.0]},
        "fit_lasso": {**data, "lam": 0.1},
        "fit_linear": data,
        "fit_ridge": {**data, "lam": 0.1},
        "fit_scaler": {"X": X},
        "k_folds": {
            "n": 5,
            "num_folds": 2,
            "rng": np.random.default_rng(0),
        },
        "mean_squared_error": {"y": Y, "y_hat": [1.0, 1.0, 0.0, 0.0, 2.0]},
        "polynomial_features": {"X": X, "degree": 2},
        "validation_curve": {
            "fit": lambda _X, y, _v: Constant(y),
            **data,
            "values": [1.0, 0.1],
            "folds": FOLDS,
        },
        "with_intercept": {"X": X},
    }

"""Calls of the chapter on classification."""

import numpy as np

from derivable.learning import fit_logistic, fit_softmax
from derivable.optimization import logistic_loss

RESULTS = {
    "BinaryScores",
    "LogisticModel",
    "PrecisionRecall",
    "RocCurve",
    "SoftmaxModel",
}

X = [[1.0, 2.0], [2.0, 1.0], [0.5, 3.0], [4.0, 6.0], [3.0, 1.0], [1.0, 1.5]]
Y = [0, 1, 0, 1, 1, 1]
CLASSES = [0, 1, 2, 2, 0, 1]
WEIGHTS = [1.0, 2.0, 1.0, 0.5, 1.0, 1.0]


CALLED = {
    "fit_sgd.batch_size": "batch size",
    "mean_cross_entropy.y": "labels",
    "softmax_gradient.y": "labels",
}


def calls():
    fit = {"ridge": 0.1, "weights": WEIGHTS, "tol": 1e-8, "max_steps": 30}
    curve = {"y": Y, "scores": [0.1, 0.4, 0.4, 2.0, -1.0, 0.3]}
    binary, several = (
        fit_logistic(X, Y, ridge=0.1),
        fit_softmax(X, CLASSES, ridge=0.1),
    )
    return {
        "LogisticModel.logits": {"self": binary, "X": X},
        "LogisticModel.probability": {"self": binary, "X": X},
        "LogisticModel.predict": {"self": binary, "X": X, "threshold": 0.3},
        "SoftmaxModel.logits": {"self": several, "X": X},
        "SoftmaxModel.probability": {"self": several, "X": X},
        "SoftmaxModel.predict": {"self": several, "X": X},
        "average_precision": curve,
        "balanced_weights": {"y": Y},
        "binary_scores": {"y": Y, "y_hat": [0, 1, 1, 1, 0, 1]},
        "confusion_matrix": {
            "y": CLASSES,
            "y_hat": [0, 1, 1, 2, 0, 2],
            "num_classes": 3,
        },
        "cost_threshold": {"false_positive": 1.0, "false_negative": 4.0},
        "fit_logistic": {"X": X, "y": Y, **fit},
        "fit_softmax": {"X": X, "y": CLASSES, **fit},
        "fit_sgd": {
            "X": X,
            "y": Y,
            "rng": np.random.default_rng(0),
            "learning_rate": 0.1,
            "batch_size": 2,
            "num_epochs": 3,
            "ridge": 0.1,
        },
        "logistic_hessian": {"X": X, "w": [0.5, -0.5]},
        "mean_cross_entropy": {
            "Z": [[0.1, 0.2, -1.0], [2.0, 0.5, 0.3]],
            "y": [0, 2],
            "weights": [1.0, 2.0],
        },
        "mean_loss": {
            "z": [0.3, -0.2, 2.0],
            "y": [1.0, -1.0, 1.0],
            "loss": logistic_loss(),
            "weights": [1.0, 2.0, 1.0],
        },
        "precision_recall_curve": curve,
        "roc_auc": curve,
        "roc_curve": curve,
        "separation": {"X": X, "y": Y},
        "softmax_gradient": {
            "X": X,
            "y": CLASSES,
            "W": [[0.1, 0.2, 0.3], [0.0, -0.5, 0.5]],
        },
        "softmax_hessian": {
            "X": X,
            "W": [[0.1, 0.2, 0.3], [0.0, -0.5, 0.5]],
        },
        "stratified_split": {
            "y": Y,
            "share": 0.3,
            "rng": np.random.default_rng(0),
        },
    }

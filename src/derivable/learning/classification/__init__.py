"""Classifiers from scores, how they are fitted, and how they are judged.

Notation:
    X, y: data, one sample a row, shape (n, d), and classes from 0, (n,).
    z, Z: scores (logits), shapes (n,) and (n, k).
    p, P: probabilities of class 1, of each class, shapes of z and Z.
    w, W, b: weights, shapes (d,) and (d, k), and intercepts.
"""

from derivable.learning.classification.confusion import (
    BinaryScores,
    binary_scores,
    confusion_matrix,
)
from derivable.learning.classification.curvature import (
    logistic_hessian,
    softmax_gradient,
    softmax_hessian,
)
from derivable.learning.classification.decisions import (
    balanced_weights,
    cost_threshold,
)
from derivable.learning.classification.logistic import (
    LogisticModel,
    fit_logistic,
)
from derivable.learning.classification.losses import (
    mean_cross_entropy,
    mean_loss,
)
from derivable.learning.classification.ranking import (
    PrecisionRecall,
    RocCurve,
    average_precision,
    precision_recall_curve,
    roc_auc,
    roc_curve,
)
from derivable.learning.classification.separation import (
    SeparationError,
    separation,
)
from derivable.learning.classification.softmax import (
    SoftmaxModel,
    fit_softmax,
)
from derivable.learning.classification.stochastic import (
    fit_sgd,
    stratified_split,
)

__all__ = [
    "BinaryScores",
    "LogisticModel",
    "PrecisionRecall",
    "RocCurve",
    "SeparationError",
    "SoftmaxModel",
    "average_precision",
    "balanced_weights",
    "binary_scores",
    "confusion_matrix",
    "cost_threshold",
    "fit_logistic",
    "fit_sgd",
    "fit_softmax",
    "logistic_hessian",
    "mean_cross_entropy",
    "mean_loss",
    "precision_recall_curve",
    "roc_auc",
    "roc_curve",
    "separation",
    "softmax_gradient",
    "softmax_hessian",
    "stratified_split",
]

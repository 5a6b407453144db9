"""Linear regression: a model as a whole, and how wrong it will be.

Notation:
    X: features, one sample a row, shape (n, d).
    y, y_hat: targets and predictions, shape (n,).
    w, b: weights, shape (d,), and intercept.
    lam: λ, the price of the weights.
"""

from derivable.learning.linear_regression.features import (
    polynomial_features,
    with_intercept,
)
from derivable.learning.linear_regression.measures import (
    ErrorParts,
    decompose_error,
    mean_squared_error,
)
from derivable.learning.linear_regression.model import LinearModel, fit_linear
from derivable.learning.linear_regression.penalised import (
    fit_lasso,
    fit_ridge,
)
from derivable.learning.linear_regression.scaling import Scaler, fit_scaler
from derivable.learning.linear_regression.validation import (
    ValidationCurve,
    cross_validate,
    k_folds,
    validation_curve,
)

__all__ = [
    "ErrorParts",
    "LinearModel",
    "Scaler",
    "ValidationCurve",
    "cross_validate",
    "decompose_error",
    "fit_lasso",
    "fit_linear",
    "fit_ridge",
    "fit_scaler",
    "k_folds",
    "mean_squared_error",
    "polynomial_features",
    "validation_curve",
    "with_intercept",
]

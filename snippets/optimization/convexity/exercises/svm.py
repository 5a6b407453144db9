# %% starter
import numpy as np


def svm_objective(X, y, w, ridge):
    """Mean hinge loss plus ridge/2 ‖w‖², and a subgradient."""
    margins = y * (X @ w)
    loss = np.maximum(0, 1 - margins).sum() + ridge / 2 * w @ w
    g = -X.T @ y + ridge * w
    return loss, g


# %% check
import numpy as np

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close, expect_raises

X = np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]])
y = np.array([1.0, -1.0, 1.0])
loss, g = svm_objective(X, y, np.zeros(2), 0.5)
expect_close(loss, 1, what="loss at w = 0", hint="the mean divides by n")
expect_close(
    g, [-2 / 3, 1 / 3], what="subgradient at w = 0", hint="and so does g"
)
loss, g = svm_objective(X, y, np.array([5.0, -3.0]), 0.5)
expect_close(
    g,
    [2.5, -1.5],
    what="subgradient where all margins are above 1",
    hint="only samples with a margin below 1 pull",
)
rng = np.random.default_rng(1)
X, y = rng.normal(size=(9, 4)), np.sign(rng.normal(size=9))
w = rng.normal(size=4)
loss, g = svm_objective(X, y, w, 0.3)
expect_close(
    g,
    numerical_gradient(lambda w: svm_objective(X, y, w, 0.3)[0], w),
    rtol=1e-6,
    what="subgradient away from kinks",
)
expect_raises(
    ValueError,
    svm_objective,
    X,
    (y + 1) / 2,
    w,
    0.3,
    what="svm_objective with labels 0 and 1",
    hint="labels other than −1 and 1 must be refused",
)

# %% solution
import numpy as np


def svm_objective(X, y, w, ridge):
    """Mean hinge loss plus ridge/2 ‖w‖², and a subgradient."""
    if not np.isin(y, (-1, 1)).all():
        raise ValueError(f"labels must be -1 or 1, got {y}")
    margins = y * (X @ w)
    loss = np.maximum(0, 1 - margins).mean() + ridge / 2 * w @ w
    pull = np.where(margins < 1, y, 0)
    return loss, -X.T @ pull / len(y) + ridge * w

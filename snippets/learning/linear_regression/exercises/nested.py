# %% starter
import numpy as np

from derivable.learning import cross_validate, k_folds, validation_curve


def nested(fit, X, y, values, num_folds, rng):
    """Errors of choosing a value and fitting with it, one for each fold."""
    folds = k_folds(len(y), num_folds, rng=rng)
    curve = validation_curve(fit, X, y, values, folds)
    return curve.errors[curve.best]


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal
from derivable.learning import fit_ridge, k_folds

rng = np.random.default_rng(0)
X, y = rng.normal(size=(24, 3)), rng.normal(size=24)
seen = []


def watched(X, y, lam):
    seen.append((lam, len(y)))
    return fit_ridge(X, y, lam)


found = nested(watched, X, y, [10.0, 0.1], 4, np.random.default_rng(1))
expect_equal(np.shape(found), (4,), what="shape", hint="one for each fold")
expect_equal(
    min(n for _, n in seen) < 18,
    True,
    what="whether values are chosen on folds of the training rows",
    hint="cross-validate again, inside each training set of 18",
)
expect_equal(
    sorted({n for _, n in seen}),
    [13, 14, 18],
    what="how many rows a fit sees",
    hint="18 are dealt into four inner folds, and 18 fit the chosen value",
)
line = X @ [3.0, -2.0, 1.0] + 0.1 * np.random.default_rng(4).normal(size=24)
for values in ([1e3, 1e-3], [1e-3, 1e3]):
    found = nested(fit_ridge, X, line, values, 4, np.random.default_rng(1))
    expect_equal(
        bool(np.mean(found) < 0.1),
        True,
        what=f"whether the better of {values} is used",
        hint="fit with values[curve.best]",
    )


class Constant:
    """A model that predicts its value."""

    def __init__(self, X, y, value):
        self.value = value

    def predict(self, X):
        return np.full(len(X), self.value)


outlier = np.where(np.arange(60) == 7, -30.0, 0.0)  # a large standard error
found = nested(
    Constant,
    np.ones((60, 1)),
    outlier,
    [0.5, 0.0],
    5,
    np.random.default_rng(1),
)
expect_close(
    np.sort(found),
    [0, 0, 0, 0, 75],
    atol=1e-12,
    what="errors of constants beside one wild target",
    hint="choose the lowest mean, `best`, not the simplest",
)


class Guess:
    """A model that knows nothing: a number drawn from its value."""

    def __init__(self, X, y, seed):
        self.seed = seed

    def predict(self, X):
        made = np.random.default_rng(self.seed).normal(size=5)
        return np.sin(7 * X @ made)


X, y = rng.normal(size=(60, 5)), rng.normal(size=60)
found = nested(Guess, X, y, list(range(200)), 5, np.random.default_rng(2))
luck = (
    np.mean(found)
    > np.mean(
        [np.mean((y - Guess(X, y, s).predict(X)) ** 2) for s in range(200)]
    )
    - 0.2
)
expect_equal(
    bool(luck),
    True,
    what="whether the luckiest of 200 guesses looks ordinary",
    hint="its error must come from rows that did not choose it",
)
one = nested(fit_ridge, X, y, [0.5], 5, np.random.default_rng(3))
plain = []
for train, test in k_folds(60, 5, rng=np.random.default_rng(3)):
    model = fit_ridge(X[train], y[train], 0.5)
    plain.append(np.mean((y[test] - model.predict(X[test])) ** 2))
expect_close(
    np.sort(one),
    np.sort(plain),
    what="errors with one value",
    hint="draw the outer folds first; then it is plain cross-validation",
)

# %% solution
import numpy as np

from derivable.learning import cross_validate, k_folds, validation_curve


def nested(fit, X, y, values, num_folds, rng):
    """Errors of choosing a value and fitting with it, one for each fold."""
    outer = k_folds(len(y), num_folds, rng=rng)

    def choose_and_fit(X, y):
        inner = k_folds(len(y), num_folds, rng=rng)
        curve = validation_curve(fit, X, y, values, inner)
        return fit(X, y, values[curve.best])

    return cross_validate(choose_and_fit, X, y, outer)

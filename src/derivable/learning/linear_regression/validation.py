"""Cross-validation: every sample is predicted by a fit that never saw it.

Notation:
    X, y: features and targets, shapes (n, d) and (n,).
    train, test: row numbers, without repetition and in no way shared.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.linear_regression._checks import samples
from derivable.learning.linear_regression.measures import mean_squared_error

Rows = NDArray[np.int64]
SAME = 1e-9  # relative; errors that differ by less are rounding


def k_folds(
    n: int, num_folds: int, *, rng: np.random.Generator
) -> list[tuple[Rows, Rows]]:
    """Deal n rows into folds, each of which is the test set once.

    Args:
        n: how many samples.
        num_folds: how many folds, in 2 to n.
        rng: shuffles the rows.

    Returns:
        For each fold the rows to train on and those to test on. Test
        sets differ in size by one at most.

    Raises:
        TypeError: if n or num_folds is no whole number, or rng no
            Generator.
        ValueError: if n is below 2, or num_folds not in 2 to n.

    Source:
        Stone (1974); eq. `def:cross-validation` of this book.
    """
    n = check.whole(n, "n", least=2)
    k = check.whole(num_folds, "num_folds", least=2, most=n)
    order = check.generator(rng).permutation(n)

    tests = np.array_split(order, k)
    return [(np.setdiff1d(order, test), np.sort(test)) for test in tests]


def cross_validate(
    fit: Callable[[Array, Array], Any],
    X: ArrayLike,
    y: ArrayLike,
    folds: Sequence[tuple[ArrayLike, ArrayLike]],
) -> Array:
    """Mean squared errors on folds that the fit has not seen.

    Args:
        fit: (X, y) ↦ a model with `predict`. It gets the training rows
            alone: whatever it learns, it learns from them.
        X: features, one sample a row, shape (n, d).
        y: targets, shape (n,).
        folds: pairs of row numbers, as `k_folds` makes them.

    Returns:
        One error for each fold, shape (k,).

    Raises:
        TypeError: if fit is no function, its model cannot predict, or
            X, y or a row number is of the wrong kind.
        ValueError: if shapes do not match, there are no folds, a row is
            out of range or both in train and test, or a prediction has
            not one entry for each row.

    Source:
        Stone (1974); eq. `def:cross-validation` of this book.
    """
    check.function(fit, "fit")
    X, y = samples(X, y)
    errors = []
    for train, test in _folds(folds, len(y)):
        model = fit(X[train], y[train])
        if not callable(getattr(model, "predict", None)):
            raise TypeError(
                "fit must return a model that can predict, got "
                f"{type(model).__name__}"
            )
        errors.append(mean_squared_error(y[test], model.predict(X[test])))
    return np.array(errors)


@dataclass(frozen=True)
class ValidationCurve:
    """Errors of cross-validation for one setting after another.

    Attributes:
        values: the settings, from the simplest model to the most
            flexible, v of them.
        errors: one setting a row, one fold a column, shape (v, k).
    """

    values: tuple[Any, ...]
    errors: Array

    @property
    def mean(self) -> Array:
        """Mean over the folds, shape (v,)."""
        return np.asarray(np.mean(self.errors, axis=1))

    @property
    def standard_error(self) -> Array:
        """Of the mean, as if folds were independent, shape (v,).

        The standard deviation over the k folds, with divisor k − 1,
        over √k.
        """
        k = self.errors.shape[1]
        return np.asarray(np.std(self.errors, axis=1, ddof=1) / np.sqrt(k))

    @property
    def best(self) -> int:
        """Position of the lowest mean; of equals, the first."""
        return self._first(np.min(self.mean))

    @property
    def simplest(self) -> int:
        """Position of the first within one standard error of the best.

        NB: "first" is the simplest only if `values` are in that order,
        which nothing can check; in the other order it is the most
        flexible.
        """
        return self._first(
            self.mean[self.best] + self.standard_error[self.best]
        )

    def _first(self, bound: float) -> int:
        return int(np.argmax(self.mean <= bound * (1 + SAME)))


def validation_curve(
    fit: Callable[[Array, Array, Any], Any],
    X: ArrayLike,
    y: ArrayLike,
    values: Sequence[Any],
    folds: Sequence[tuple[ArrayLike, ArrayLike]],
) -> ValidationCurve:
    """Cross-validate a fit with one setting after another.

    Args:
        fit: (X, y, value) ↦ a model with `predict`.
        X: features, one sample a row, shape (n, d).
        y: targets, shape (n,).
        values: settings, from the simplest model to the most flexible;
            this order makes `simplest` what its name says, and is not
            checked.
        folds: the same for all, 2 or more, as `k_folds` makes them.

    Returns:
        Settings and errors.

    Raises:
        TypeError: as `cross_validate`, or if values is no sequence.
        ValueError: as `cross_validate`, or if values is empty or there
            is one fold.

    Source:
        Breiman et al. (1984), section 3.4.3, for `simplest`.
    """
    check.function(fit, "fit")
    settings, folds = (
        check.sequence(values, "values"),
        check.sequence(folds, "folds"),
    )
    if not settings:
        raise ValueError("values must not be empty, got no settings")
    if len(folds) < 2:
        raise ValueError(f"folds must be 2 or more, got {len(folds)}")
    errors = [
        cross_validate(_with(fit, value), X, y, folds) for value in settings
    ]
    return ValidationCurve(tuple(settings), np.array(errors))


def _with(fit: Callable[..., Any], value: Any) -> Callable[..., Any]:
    return lambda X, y: fit(X, y, value)


def _folds(folds: object, n: int) -> list[tuple[Rows, Rows]]:
    """Pairs of row numbers below n that share none."""
    found = []
    for i, pair in enumerate(check.sequence(folds, "folds")):
        both = check.sequence(pair, f"folds[{i}]")
        if len(both) != 2:
            raise ValueError(
                f"folds[{i}] must be train and test, got {len(both)} items"
            )
        train, test = (_rows(rows, n, f"folds[{i}]") for rows in both)
        shared = np.intersect1d(train, test)
        if len(shared):
            raise ValueError(
                f"folds[{i}] must not test on what it trains on, got row "
                f"{shared[0]} in both"
            )
        found.append((train, test))
    if not found:
        raise ValueError("folds must not be empty, got none")
    return found


def _rows(rows: ArrayLike, n: int, name: str) -> Rows:
    values = check.whole_numbers(rows, name)
    if values.ndim != 1 or values.min() < 0 or values.max() >= n:
        raise ValueError(
            f"{name} must hold row numbers from 0 to {n - 1}, got "
            f"{values.min()} to {values.max()} of shape {values.shape}"
        )
    return values

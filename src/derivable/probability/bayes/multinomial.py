"""Naive Bayes for counts: each word is drawn from the words of its class.

Notation:
    X: counts, one text a row, shape (n, d).
    alpha: what is added to every count, a number.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability.bayes._checks import (
    class_prior,
    labels,
    not_negative,
)
from derivable.probability.bayes.classifier import Classifier


@dataclass(frozen=True)
class MultinomialNB(Classifier):
    """Multinomial naive Bayes; `multinomial_nb(X, y)` makes one.

    Attributes:
        class_log_prior: ln P(c), shape (k,).
        feature_log_prob: ln P(word | c), rows of shares, shape (k, d).
    """

    feature_log_prob: Array

    def joint_log_likelihood(self, X: ArrayLike) -> Array:
        """Ln P(c) + Σ count · ln P(word | c) of (n, d), shape (n, k).

        NB: the number of orders of a text's words is left out; it is
        the same for all classes.

        Raises:
            TypeError: if X is not real.
            ValueError: if X has not d columns, or a count is negative
                or too large for a float64.
        """
        X = check.matrix(not_negative(X, "X"), "X")
        if X.shape[1] != self.feature_log_prob.shape[1]:
            d = self.feature_log_prob.shape[1]
            raise ValueError(f"X must have {d} columns, got {X.shape}")

        with np.errstate(over="ignore"):
            S = self.class_log_prior + X @ self.feature_log_prob.T
        return check.real(S, "the log-likelihoods")


def multinomial_nb(
    X: ArrayLike,
    y: ArrayLike,
    *,
    alpha: float = 1.0,
    prior: ArrayLike | None = None,
) -> MultinomialNB:
    """Shares of the words of every class, smoothed.

    Args:
        X: counts, none negative, one text a row, shape (n, d).
        y: their classes, whole numbers 0 to k − 1, shape (n,).
        alpha: added to the count of each word in each class.
        prior: P(c), shape (k,); default the shares of y.

    Returns:
        The classifier.

    Raises:
        TypeError: if an argument is of the wrong kind.
        ValueError: if shapes differ, a count is negative, a class
            has no sample, or alpha is 0 and a class lacks a word.

    Source:
        Laplace (1774); eq. `def:smoothing` of this book.
    """
    X = check.matrix(not_negative(X, "X"), "X")
    y = labels(y, len(X))
    prior = class_prior(prior, y)
    alpha = check.not_negative(alpha, "alpha")

    with np.errstate(over="ignore"):
        N = np.array([X[y == c].sum(axis=0) for c in range(len(prior))])
        N = check.real(N + alpha, "the counts of a class")
        total = check.real(N.sum(axis=1, keepdims=True), "the counts")
    if not np.all(N > 0):
        c, j = (int(i) for i in np.argwhere(N == 0)[0])
        raise ValueError(
            "alpha must be positive where a class lacks a word, "
            f"got {alpha} and no word {j} in class {c}"
        )
    return MultinomialNB(np.log(prior), np.log(N) - np.log(total))

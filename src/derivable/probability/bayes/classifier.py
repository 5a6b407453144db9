"""What every naive Bayes classifier does with the scores of the classes.

Notation:
    X: samples, one a row, shape (n, d).
    S: ln P(c) + ln P(x | c), up to a term that all classes share, one row
        a sample, shape (n, k).
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable._validation import Array
from derivable.calculus import log_softmax


@dataclass(frozen=True)
class Classifier(ABC):
    """Scores that are normalised in logarithms, never multiplied.

    Attributes:
        class_log_prior: ln P(c) of the classes 0, 1, …, shape (k,).
    """

    class_log_prior: Array

    @abstractmethod
    def joint_log_likelihood(self, X: ArrayLike) -> Array:
        """Ln P(c) + ln P(x | c) but for a common term, shape (n, k)."""

    def predict_log_proba(self, X: ArrayLike) -> Array:
        """Ln P(c | x) of samples (n, d), shape (n, k)."""
        return np.asarray(log_softmax(self.joint_log_likelihood(X)))

    def predict_proba(self, X: ArrayLike) -> Array:
        """P(c | x) of samples (n, d), shape (n, k); rows sum to 1."""
        return np.exp(self.predict_log_proba(X))

    def predict(self, X: ArrayLike) -> NDArray[np.int64]:
        """The most probable class of each of n samples, shape (n,)."""
        S = self.joint_log_likelihood(X)
        return np.asarray(np.argmax(S, axis=1), dtype=np.int64)

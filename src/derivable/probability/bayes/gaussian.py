"""Naive Bayes with a Gaussian for every feature of every class.

Notation:
    theta: means, one row a class, shape (k, d).
    sigma: standard deviations, shape (k, d).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS, evened
from derivable._validation import Array
from derivable.probability.bayes._checks import class_prior, labels
from derivable.probability.bayes.classifier import Classifier


@dataclass(frozen=True)
class GaussianNB(Classifier):
    """Gaussian naive Bayes; `gaussian_nb(X, y)` makes one.

    Attributes:
        class_log_prior: ln P(c), shape (k,).
        theta: mean of each feature in each class, shape (k, d).
        sigma: its standard deviation, smoothed, shape (k, d).
    """

    theta: Array
    sigma: Array

    def joint_log_likelihood(self, X: ArrayLike) -> Array:
        """Ln P(c) + ln p(x | c) of samples (n, d), shape (n, k).

        Raises:
            TypeError: if X is not real.
            ValueError: if X has not d columns, or a sample lies too far
                out for a float64.
        """
        X = check.matrix(X, "X")
        if X.shape[1] != self.theta.shape[1]:
            raise ValueError(
                f"X must have {self.theta.shape[1]} columns, got {X.shape}"
            )

        with np.errstate(over="ignore"):
            Z = (X[:, None, :] - self.theta) / self.sigma  # (n, k, d)
            logs = -(Z**2) / 2 - np.log(self.sigma) - np.log(2 * np.pi) / 2
            S = self.class_log_prior + logs.sum(axis=2)  # eq. def:gaussian-nb
        return check.real(S, "the log-likelihoods")


def gaussian_nb(
    X: ArrayLike,
    y: ArrayLike,
    *,
    prior: ArrayLike | None = None,
    var_smoothing: float = 1e-9,
    per_feature: bool = False,
) -> GaussianNB:
    """Mean and deviation of every feature in every class.

    Args:
        X: samples, one a row, shape (n, d).
        y: their classes, whole numbers 0 to k − 1, shape (n,).
        prior: P(c), shape (k,); default the shares of y.
        var_smoothing: share of the largest variance of a feature
            that is added to all variances, in the units of that one.
        per_feature: add the share of each feature's own variance
            instead, so that no unit matters.

    Returns:
        The classifier.

    Raises:
        TypeError: if an argument is of the wrong kind.
        ValueError: if shapes differ, a class has no sample, or a
            feature is constant in a class and nothing is added: the
            share is 0, or nothing that it is taken of varies.

    Source:
        Maximum likelihood; eq. `def:gaussian-nb` of this book.
    """
    X = check.matrix(X, "X")
    y = labels(y, len(X))
    prior = class_prior(prior, y)
    share = check.not_negative(var_smoothing, "var_smoothing")
    each = check.flag(per_feature, "per_feature")

    groups = [X[y == c] for c in range(len(prior))]
    theta, sigma = zip(*map(_moments, groups), strict=True)
    overall = _moments(X)[1]
    base = overall if each else np.full_like(overall, np.max(overall))
    with np.errstate(over="ignore"):
        added = np.sqrt(share) * base
        sigma = check.real(np.hypot(sigma, added), "the deviations")
    _check_spread(sigma, base, X)
    return GaussianNB(np.log(prior), np.array(theta), sigma)


def _moments(X: Array) -> tuple[Array, Array]:
    """Means and standard deviations (with n) of columns, in any units."""
    Y, e = evened(X, 0)
    mean = Y.mean(axis=0)
    deviation = np.sqrt(np.mean((Y - mean) ** 2, axis=0))
    return np.ldexp(mean, e[0]), np.ldexp(deviation, e[0])


def _check_spread(sigma: Array, base: Array, X: Array) -> None:
    """Refuse deviations that are none, but for rounding.

    What a share of `base` can mend, more smoothing can.
    """
    least = 2 * EPS * np.max(np.abs(X), axis=0)
    if np.any(sigma <= least):
        c, j = (int(i) for i in np.argwhere(sigma <= least)[0])
        helps = "raise var_smoothing, or " if base[j] > least[j] else ""
        raise ValueError(
            "every feature must vary in every class, got deviation "
            f"{sigma[c, j]:.2g} of feature {j} in class {c}: "
            f"{helps}leave the feature out"
        )

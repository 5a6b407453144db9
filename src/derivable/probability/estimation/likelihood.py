"""Likelihood: which parameter makes the data least surprising.

Notation:
    x: independent observations, shape (n,).
    theta: the parameters of a family, shape (k,), θ.
    family, theta:
        "bernoulli": (p,), x is 0 or 1.
        "poisson": (rate,), x = 0, 1, 2, …
        "exponential": (rate,), x ≥ 0.
        "uniform": (end,), x from 0 to the end.
        "gaussian": (mean, standard deviation).
        "laplace": (median, scale).
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import scaled, unscaled
from derivable._validation import Array
from derivable.probability.estimation import _sample

FAMILIES = (
    "bernoulli",
    "poisson",
    "exponential",
    "uniform",
    "gaussian",
    "laplace",
)


def log_likelihood(x: ArrayLike, family: str, theta: ArrayLike) -> float:
    """Logarithm of the probability, or density, of all observations.

    Args:
        x: independent observations, shape (n,).
        family: "bernoulli", "poisson", "exponential", "uniform",
            "gaussian" or "laplace".
        theta: its parameters, shape (1,) or (2,).

    Returns:
        Σ ln p(xᵢ; θ); −∞ where x is impossible, or as good as.

    Raises:
        TypeError: if x or theta is not real.
        ValueError: if x is not what the family makes, or theta lies
            outside its range.

    Source:
        eq. `def:log-likelihood` of this book.
    """
    x = _observed(x, family)
    theta = _parameters(theta, family)

    with np.errstate(over="ignore", divide="ignore"):
        return float(np.sum(_log_density(x, family, theta)))


def mle(x: ArrayLike, family: str) -> Array:
    """Parameters of largest likelihood, in closed form.

    There are no others, except for an even number of "laplace": each point
    between the middle two is a median, and this takes the centre.

    Args:
        x: independent observations, shape (n,).
        family: "bernoulli", "poisson", "exponential", "uniform",
            "gaussian" or "laplace".

    Returns:
        θ̂, shape (1,) or (2,).

    Raises:
        TypeError: if x is not real.
        ValueError: if x is not what the family makes, or the likelihood
            has no largest value: a scale of 0, a rate of ∞.

    Source:
        eq. `claim:mle`, `claim:absolute-likelihood` ("laplace") and
        `claim:uniform-maximum` ("uniform") of this book.
    """
    x = _observed(x, family)
    _bounded(x, family)
    x, e = scaled(x)

    if family == "exponential":
        return unscaled([1 / np.mean(x)], -e, "the rate")
    if family == "gaussian":
        theta = [np.mean(x), np.std(x)]
    elif family == "laplace":
        theta = [np.median(x), np.mean(np.abs(x - np.median(x)))]
    elif family == "uniform":
        theta = [np.max(x)]
    else:
        theta = [np.mean(x)]
    return unscaled(theta, e, "the estimate")


def _log_density(x: Array, family: str, theta: Array) -> Array:
    """The logarithm ln p(xᵢ; θ) of each, shape (n,)."""
    t, s = theta[0], theta[-1]
    found: Array
    if family == "bernoulli":
        found = np.log(np.where(x == 1, t, 1 - t))
    elif family == "poisson":
        factorial = np.array([math.lgamma(k + 1) for k in x])
        log_rate = np.log(np.where(x > 0, t, 1))  # 0⁰ = 1
        found = x * log_rate - t - factorial
    elif family == "exponential":
        found = np.log(t) - t * x
    elif family == "uniform":
        found = np.where(x <= t, -np.log(t), -np.inf)
    elif family == "gaussian":
        found = -(((x - t) / s) ** 2) / 2 - np.log(s) - np.log(2 * np.pi) / 2
    else:
        found = -np.abs(x - t) / s - np.log(s) - np.log(2)
    return found


def _observed(x: ArrayLike, family: str) -> Array:
    """The observations, if the family can make them."""
    check.choice(family, FAMILIES, "family")
    x = check.vector(x)
    if family == "bernoulli" and not np.isin(x, (0, 1)).all():
        wrong = x[~np.isin(x, (0, 1))][0]
        raise ValueError(f"x must be 0 or 1, got {wrong}")
    if family not in ("gaussian", "laplace") and x.min() < 0:
        raise ValueError(f"x must not be negative, got {x.min()}")
    if family == "poisson" and np.any(x != np.floor(x)):
        wrong = x[x != np.floor(x)][0]
        raise ValueError(f"x must be counts, got {wrong}")
    return x


def _parameters(theta: ArrayLike, family: str) -> Array:
    """The parameters, if they are some of the family."""
    wanted = 2 if family in ("gaussian", "laplace") else 1
    theta = check.of_shape(check.real(theta, "theta"), (wanted,), "theta")
    if family == "bernoulli" and not 0 <= theta[0] <= 1:
        raise ValueError(f"theta must lie in [0, 1], got {theta[0]}")
    if family == "poisson":
        check.not_negative(theta[0], "theta[0]")
    elif family != "bernoulli":
        check.positive(theta[-1], f"theta[{wanted - 1}]")
    return theta


def _bounded(x: Array, family: str) -> None:
    """Refuse data whose likelihood grows without end."""
    if family in ("gaussian", "laplace"):
        _sample.varied(x, "x")
    if family in ("exponential", "uniform") and not x.any():
        raise ValueError("x must hold a number above 0, got zeros only")

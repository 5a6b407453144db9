"""Batch and layer normalisation, there and back.

Notation:
    X: a batch, one sample a row, shape (n, d).
    X_hat: the batch, normalised, shape (n, d).
    gamma, beta: scale γ and shift β of each feature, shape (d,).
    v: variance, over the batch (1, d) or over the features (n, 1).
    G: adjoint of X_hat, shape (n, d).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.training import _checks

Gradients = tuple[Array, Array, Array]


@dataclass(frozen=True)
class Normalised:
    """What a normalisation gave, and what its way back needs.

    Attributes:
        Y: the output γ ⊙ X_hat + β, shape (n, d).
        X_hat: the batch with mean 0 and variance 1, shape (n, d).
        mean: what was subtracted; (d,) over a batch, (n,) over features.
        variance: the mean square of the rest, divided by n or d.
        scale: 1 / √(variance + ε), of the same shape.
    """

    Y: Array
    X_hat: Array
    mean: Array
    variance: Array
    scale: Array


def standardise(X: Any, axis: int, epsilon: float) -> tuple[Any, Any, Any]:
    """X with mean 0 and variance 1 along an axis, the mean, the variance."""
    mean = np.mean(X, axis=axis, keepdims=True)
    v = np.mean((X - mean) ** 2, axis=axis, keepdims=True)
    return (X - mean) / np.sqrt(v + epsilon), mean, v


def standardise_backward(G: Array, run: Normalised, axis: int) -> Array:
    """The adjoint of X, without what a shift and a stretch of X change.

    Args:
        G: adjoint of X_hat, shape (n, d).
        run: what a normalisation along this axis returned.
        axis: 0 over the batch, 1 over the features.

    Returns:
        The adjoint of X, shape (n, d).

    Source:
        eq. `claim:standardise-jacobian` of this book.
    """
    s, X_hat = np.expand_dims(run.scale, axis), run.X_hat

    shift = G.mean(axis=axis, keepdims=True)
    stretch = (G * X_hat).mean(axis=axis, keepdims=True)
    dX: Array = s * (G - shift - stretch * X_hat)
    return dX


def batch_norm(
    X: ArrayLike, gamma: ArrayLike, beta: ArrayLike, *, epsilon: float = 1e-5
) -> Normalised:
    """Normalise every feature over the batch, then stretch and shift it.

    Args:
        X: a batch of two samples or more, shape (n, d).
        gamma: scale of each feature, shape (d,).
        beta: shift of each feature, shape (d,).
        epsilon: added to the variance, not negative.

    Returns:
        The output, and what `batch_norm_backward` needs.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if a shape is another, a value is not finite, the
            batch has one row, or a variance plus epsilon is 0 or beyond
            float64.

    Source:
        Ioffe and Szegedy (2015), algorithm 1; eq. `def:batch-norm` of
        this book.
    """
    X, gamma, beta, epsilon = _checks.normalisation(X, gamma, beta, epsilon)
    _checks.several(X)

    return _normalised(X, gamma, beta, 0, epsilon)


def layer_norm(
    X: ArrayLike, gamma: ArrayLike, beta: ArrayLike, *, epsilon: float = 1e-5
) -> Normalised:
    """Normalise every sample over its features, then stretch and shift.

    Args:
        X: samples, shape (n, d).
        gamma: scale of each feature, shape (d,).
        beta: shift of each feature, shape (d,).
        epsilon: added to the variance, not negative.

    Returns:
        The output, and what `layer_norm_backward` needs.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if a shape is another, a value is not finite, or a
            variance plus epsilon is 0 or beyond float64.

    Source:
        Ba, Kiros and Hinton (2016), section 3; eq. `def:layer-norm` of
        this book.
    """
    X, gamma, beta, epsilon = _checks.normalisation(X, gamma, beta, epsilon)

    return _normalised(X, gamma, beta, 1, epsilon)


def batch_norm_backward(
    dY: ArrayLike, gamma: ArrayLike, run: Normalised
) -> Gradients:
    """The adjoints of a batch normalisation.

    Args:
        dY: adjoint of the output, shape (n, d).
        gamma: scale of each feature, shape (d,).
        run: what `batch_norm` returned.

    Returns:
        The adjoint of X, shape (n, d), and the gradients for gamma and
        beta, each of shape (d,).

    Raises:
        TypeError: if an argument is not real, or run no `Normalised`.
        ValueError: if a shape is not that of the run, or a value is not
            finite.

    Source:
        eq. `claim:batch-norm-backward` of this book.
    """
    dY, gamma = _adjoint(dY, gamma, run, axis=0)

    with np.errstate(over="ignore", invalid="ignore"):
        dX = standardise_backward(dY * gamma, run, axis=0)
        return _gradients(dX, dY, run.X_hat)


def layer_norm_backward(
    dY: ArrayLike, gamma: ArrayLike, run: Normalised
) -> Gradients:
    """The adjoints of a layer normalisation.

    Args:
        dY: adjoint of the output, shape (n, d).
        gamma: scale of each feature, shape (d,).
        run: what `layer_norm` returned.

    Returns:
        The adjoint of X, shape (n, d), and the gradients for gamma and
        beta, each of shape (d,).

    Raises:
        TypeError: if an argument is not real, or run no `Normalised`.
        ValueError: if a shape is not that of the run, or a value is not
            finite.

    Source:
        eq. `claim:layer-norm-backward` of this book.
    """
    dY, gamma = _adjoint(dY, gamma, run, axis=1)

    with np.errstate(over="ignore", invalid="ignore"):
        dX = standardise_backward(dY * gamma, run, axis=1)
        return _gradients(dX, dY, run.X_hat)


def _normalised(
    X: Array, gamma: Array, beta: Array, axis: int, epsilon: float
) -> Normalised:
    """The forward pass along one axis, refused beyond float64."""
    with np.errstate(all="ignore"):
        X_hat, mean, v = standardise(X, axis, epsilon)
        level = np.ptp(X, axis=axis, keepdims=True) == 0  # but by rounding
        level &= np.isfinite(v)
        X_hat, v = (np.where(level, 0.0, part) for part in (X_hat, v))
        mean, v = mean.squeeze(axis), v.squeeze(axis)
        _checks.spread(v, epsilon)
        Y = _checks.result(gamma * X_hat + beta, "gamma · X_hat + beta")
    return Normalised(Y, X_hat, mean, v, 1 / np.sqrt(v + epsilon))


def _adjoint(
    dY: ArrayLike, gamma: ArrayLike, run: Normalised, *, axis: int
) -> tuple[Array, Array]:
    """An adjoint and scales that fit a run along this axis."""
    n, d = check.instance(run, Normalised, "run").X_hat.shape
    dY = check.of_shape(check.real(dY, "dY"), (n, d), "dY")
    wanted = (d, n)[axis]
    if run.scale.shape != (wanted,):
        raise ValueError(
            f"run must be normalised along axis {axis}, with a scale of "
            f"shape {(wanted,)}, got {run.scale.shape}"
        )
    return dY, _checks.features(gamma, d, "gamma")


def _gradients(dX: Array, dY: Array, X_hat: Array) -> Gradients:
    """Finite adjoints of X, gamma and beta."""
    dgamma, dbeta = (dY * X_hat).sum(axis=0), dY.sum(axis=0)
    return (
        _checks.result(dX, "the adjoint of X, from dY and gamma,"),
        _checks.result(dgamma, "the gradient for gamma, from dY,"),
        _checks.result(dbeta, "the gradient for beta, from dY,"),
    )

"""Losses: what a score costs beside the truth, one sample at a time.

Notation:
    z: scores or predictions, any shape; y: the truth, shape of z.
    e: the error z − y; m: the margin y z, for labels −1 and 1.
    delta: where Huber's loss turns from a square into a line, δ.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import sigmoid, softplus

Rule = Callable[[Array, Array], Array]


@dataclass(frozen=True)
class Loss:
    """A loss that is convex in the score, and its slope.

    Attributes:
        name: what it is called.
        value: (z, y) ↦ the losses, shape of z.
        slope: (z, y) ↦ their derivatives in z; a subgradient at a kink.
        smoothness: the largest second derivative, None with a kink.
        signs: whether the truth must be −1 or 1.
        convexity: the smallest second derivative, 0 if it has none.

    Raises:
        TypeError: if value or slope is not a function, or signs no flag.
        ValueError: if smoothness is not positive, or convexity negative.
    """

    name: str
    value: Rule
    slope: Rule
    smoothness: float | None
    signs: bool = False
    convexity: float = 0.0

    def __post_init__(self) -> None:
        check.function(self.value, "value")
        check.function(self.slope, "slope")
        check.flag(self.signs, "signs")
        check.not_negative(self.convexity, "convexity")
        if self.smoothness is not None:
            check.positive(self.smoothness, "smoothness")

    def __call__(self, z: ArrayLike, y: ArrayLike) -> Array:
        """The loss of every sample, shape of z."""
        with np.errstate(over="ignore", invalid="ignore"):
            found = self.value(*self.checked(z, y))
        return check.real(found, f"the {self.name} loss")

    def derivative(self, z: ArrayLike, y: ArrayLike) -> Array:
        """The derivative in every score, shape of z."""
        with np.errstate(over="ignore", invalid="ignore"):
            found = self.slope(*self.checked(z, y))
        return check.real(found, f"the slope of the {self.name} loss")

    def checked(self, z: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
        """Scores and truths, or an error that says what is wrong.

        Args:
            z: scores, any shape.
            y: truths, shape of z: (n, 1) beside (n,) would broadcast.

        Returns:
            Both as float64.

        Raises:
            TypeError: if z or y is not real.
            ValueError: if shapes differ, or a label must be −1 or 1 and
                is not.
        """
        z, y = check.real(z, "z"), check.real(y, "y")
        if z.shape != y.shape:
            raise ValueError(f"y must have shape {z.shape}, got {y.shape}")
        if self.signs and not np.isin(y, (-1, 1)).all():
            wrong = y[~np.isin(y, (-1, 1))].flat[0]
            raise ValueError(
                f"labels of the {self.name} loss must be -1 or 1, got {wrong}"
            )
        return z, y


def squared_loss() -> Loss:
    """The square e²; its mean is the mean squared error."""
    return Loss(
        "squared",
        lambda z, y: (z - y) ** 2,
        lambda z, y: 2 * (z - y),
        smoothness=2.0,
        convexity=2.0,
    )


def absolute_loss() -> Loss:
    """The size |e|; its mean is the mean absolute error."""
    return Loss(
        "absolute",
        lambda z, y: np.abs(z - y),
        lambda z, y: np.sign(z - y),
        None,
    )


def huber_loss(delta: float = 1.0) -> Loss:
    """Half the square near 0, a line beyond: e²/2, then δ(|e| − δ/2).

    Args:
        delta: δ, where one turns into the other.

    Returns:
        The loss.

    Raises:
        ValueError: if delta is not positive.

    Source:
        Huber (1964); eq. `def:huber` of this book.
    """
    delta = check.positive(delta, "delta")

    def value(z: Array, y: Array) -> Array:
        e = np.abs(z - y)
        c = np.minimum(e, delta)
        return np.asarray(c * (e - c / 2))

    def slope(z: Array, y: Array) -> Array:
        return np.clip(z - y, -delta, delta)

    return Loss("Huber", value, slope, 1.0)


def hinge_loss() -> Loss:
    """What a margin lacks of 1: max(0, 1 − yz), for labels −1 and 1."""
    return Loss(
        "hinge",
        lambda z, y: np.maximum(0, 1 - y * z),
        lambda z, y: np.where(y * z < 1, -y, 0.0),
        None,
        signs=True,
    )


def logistic_loss() -> Loss:
    """Minus the log of the probability: ln(1 + e^(−yz)), labels −1 and 1."""
    return Loss(
        "logistic",
        lambda z, y: softplus(-y * z),
        lambda z, y: -y * sigmoid(-y * z),
        0.25,
        signs=True,
    )


def categorical_loss(Z: ArrayLike, labels: ArrayLike) -> tuple[Array, Array]:
    """Categorical cross-entropy from scores, and its gradient in them.

    Args:
        Z: scores (logits), one sample a row, shape (n, k).
        labels: the class of every sample, integers 0 … k − 1, shape (n,).

    Returns:
        The losses ln Σⱼ exp(zⱼ) − z_label, shape (n,), and softmax minus
        one-hot, shape (n, k). Neither is divided by n.

    Raises:
        TypeError: if Z is not real, or labels are not integers.
        ValueError: if shapes do not match or a label is out of range.

    Source:
        eq. `claim:cross-entropy-hessian` of this book.
    """
    Z, labels = check.matrix(Z, "Z"), check.whole_numbers(labels, "labels")
    n, k = Z.shape
    if labels.shape != (n,):
        raise ValueError(f"labels must have shape ({n},), got {labels.shape}")
    if labels.min() < 0 or labels.max() >= k:
        raise ValueError(
            f"labels must lie in 0 … {k - 1}, "
            f"got {labels.min()} … {labels.max()}"
        )

    with np.errstate(over="ignore"):
        shifted = Z - Z.max(axis=1, keepdims=True)
    total = np.exp(shifted).sum(axis=1, keepdims=True)
    rows = np.arange(n)
    losses = np.log(total[:, 0]) - shifted[rows, labels]
    G = np.exp(shifted) / total
    G[rows, labels] -= 1
    return losses, G

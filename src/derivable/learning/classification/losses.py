"""Mean losses of a batch with their gradients in the scores.

Notation:
    z, Z: scores, any shape, and (n, k); y: the truth.
    c: weights of the samples, with the sum 1.
    G: gradient of the mean in the scores, shape of the scores.
"""

from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.classification._checks import shares
from derivable.optimization.convexity.losses import Loss, categorical_loss


def mean_loss(
    z: ArrayLike,
    y: ArrayLike,
    loss: Loss,
    *,
    weights: ArrayLike | None = None,
) -> tuple[float, Array]:
    """Mean loss of a batch, and its gradient in the scores.

    Both hold the same 1/n, so that differences of the first are the
    second.

    Args:
        z: scores or predictions, shape (n,).
        y: truths, shape (n,), as the loss wants them.
        loss: what one score costs, as `huber_loss()`.
        weights: positive weights of the samples, shape (n,); None
            weighs all alike.

    Returns:
        Σ cᵢ ℓ(zᵢ, yᵢ), and its gradient, shape (n,), with cᵢ = 1/n or
        the share of each weight.

    Raises:
        TypeError: if an argument is of the wrong kind.
        ValueError: if shapes differ, a truth is none of the loss, a
            weight is not positive, or the loss is too large.

    Source:
        eq. `def:mean-loss` and `claim:mean-loss-gradient` of this book.
    """
    loss = check.instance(loss, Loss, "loss")
    z, y = check.vector(z, "z"), check.vector(y, "y")
    c = shares(weights, len(z))

    return float(c @ loss(z, y)), c * loss.derivative(z, y)


def mean_cross_entropy(
    Z: ArrayLike, y: ArrayLike, *, weights: ArrayLike | None = None
) -> tuple[float, Array]:
    """Mean categorical cross-entropy from scores, and its gradient.

    Args:
        Z: scores (logits), one sample a row, shape (n, k).
        y: classes, integers 0 … k − 1, shape (n,).
        weights: positive weights of the samples, shape (n,); None
            weighs all alike.

    Returns:
        Σ cᵢ (ln Σⱼ exp Zᵢⱼ − Zᵢᵧ), and its gradient cᵢ (P − Y), shape
        (n, k), with cᵢ = 1/n or the share of each weight.

    Raises:
        TypeError: if Z is not real, or y holds no integers.
        ValueError: if shapes do not match, a class is out of range, a
            weight is not positive, or the loss is too large.

    Source:
        eq. `claim:softmax-gradient` of this book.
    """
    losses, G = categorical_loss(Z, y)
    c = shares(weights, len(losses))

    value = check.number(c @ losses, "the cross-entropy")
    return value, c[:, None] * G

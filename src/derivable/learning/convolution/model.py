"""A convolutional network as a function of its parameters, and back.

Notation:
    parameters: one {"F": (K, C, R, R), "b": (K,)} for each block, then
        {"W": (d, k), "b": (k,)}.
    X: images, shape (N, C, H, W).
    y: labels, shape (N,).
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivable import _validation as check
from derivable.calculus.autodiff.dual import plain
from derivable.learning.convolution import _checks
from derivable.learning.convolution.layer import conv_layer
from derivable.learning.convolution.passes import Layers, backward, forward
from derivable.learning.convolution.pooling import max_pool2d
from derivable.learning.networks.losses import named
from derivable.probability import he_std

LOSS = named("cross_entropy")


def init_convnet(  # noqa: PLR0913
    shape: Sequence[int],
    channels: Sequence[int],
    num_classes: int,
    *,
    rng: np.random.Generator,
    kernel: int = 3,
    global_pool: bool = False,
) -> Layers:
    """Random filters and zero biases for blocks and a dense layer.

    A block keeps the size of its images, then halves it by pooling.

    Args:
        shape: channels C, height H and width W of an image.
        channels: filters of each block.
        num_classes: outputs of the dense layer.
        rng: source of randomness.
        kernel: side of every filter, odd.
        global_pool: whether the dense layer reads the mean of each
            channel, d = K, in place of all pixels that are left.

    Returns:
        One {"F": (K, C, R, R), "b": (K,)} for each block, and the dense
        {"W": (d, k), "b": (k,)}; weights have the scale of He.

    Raises:
        TypeError: if a number is not whole, rng no Generator, or
            global_pool not True or False.
        ValueError: if shape is not three numbers, there is no block, a
            number is below 1, kernel is even, or an image is halved
            away.

    Source:
        He et al. (2015).
    """
    C, H, W = _checks.lengths(shape, "shape", 3)
    K = check.counts(channels, "channels", least=1)
    k = check.whole(num_classes, "num_classes", least=1)
    R, rng = check.whole(kernel, "kernel", least=1), check.generator(rng)
    if R % 2 == 0:
        raise ValueError(f"kernel must be odd, got {R}")
    pixels = (H >> len(K)) * (W >> len(K))
    if not K or pixels == 0:
        raise ValueError(
            f"channels must hold one block or more, and leave a pixel of "
            f"{H} × {W}, each halving it, got {len(K)}"
        )

    layers = []
    for c, n in pairwise([C, *K]):
        F = he_std(c * R * R) * rng.normal(size=(n, c, R, R))
        layers.append({"F": F, "b": np.zeros(n)})
    d = K[-1] if check.flag(global_pool, "global_pool") else K[-1] * pixels
    last = he_std(d) * rng.normal(size=(d, k))
    return [*layers, {"W": last, "b": np.zeros(k)}]


def convnet(parameters: Sequence[Any], X: Any) -> Any:
    """The scores of blocks of filters, pooling and ReLU, then a dense layer.

    A dense layer with as many inputs as there are channels reads the
    mean of each, of images of any size; else it reads all pixels.

    NB: parameters hold no size of images. Any size passes that leaves
    the dense layer as many inputs: halving drops a last odd row.

    Args:
        parameters: as `init_convnet` gives them; arrays, Tensors or
            Duals.
        X: images, shape (N, C, H, W).

    Returns:
        Scores, shape (N, k).

    Raises:
        TypeError: if a layer is no such dict, or not real.
        ValueError: if layers do not chain, X has other channels or a
            size that leaves another number of inputs for the dense
            layer, or a value is not finite.

    Source:
        eq. `def:conv-layer` and `def:max-pool` of this book.
    """
    *blocks, dense = layers = _checks.layers(parameters)
    A = _checks.batch(X, layers)

    for layer in blocks:
        p = (layer["F"].shape[2] - 1) // 2
        Z = conv_layer(A, layer["F"], layer["b"], padding=p)
        A = np.maximum(max_pool2d(Z, 2), 0.0)
    if len(dense["W"]) == A.shape[1]:  # the mean of each channel
        A = np.mean(A, axis=(2, 3))
    with np.errstate(over="ignore", invalid="ignore"):
        scores = np.reshape(A, (len(A), -1)) @ dense["W"] + dense["b"]
    check.real(plain(scores), "the scores")
    return scores


def convnet_loss(parameters: Sequence[Any], X: Any, y: Any) -> Any:
    """The mean cross-entropy of a network, to be differentiated.

    Args:
        parameters: as for `convnet`.
        X: images, shape (N, C, H, W).
        y: labels 0 … k − 1, shape (N,).

    Returns:
        The loss, one number, of the kind of the parameters.

    Raises:
        TypeError: as `convnet`, or if labels are no whole numbers.
        ValueError: as `convnet`, or if y has another shape, a label is
            not in 0 … k − 1, or the loss is not finite.
    """
    Z = convnet(parameters, X)
    Y = LOSS.targets(y, np.shape(plain(Z)))

    with np.errstate(over="ignore"):
        value = LOSS.value(Z, Y)
    check.real(plain(value), "the loss")
    return value if isinstance(value, type(Z)) else float(value)


def convnet_gradient(
    parameters: Sequence[Any], X: Any, y: Any
) -> tuple[float, Layers]:
    """The loss of a network and its gradient, by formulas.

    Args:
        parameters: as for `convnet`, arrays.
        X: images, shape (N, C, H, W).
        y: labels 0 … k − 1, shape (N,).

    Returns:
        The loss, and the gradient in the shape of the parameters.

    Raises:
        TypeError: as `convnet_loss`.
        ValueError: as `convnet_loss`, or if a gradient is not finite.

    Source:
        eq. `claim:filter-gradient` and `claim:input-gradient` of this
        book.
    """
    layers = _checks.layers(parameters)
    X = _checks.batch(X, layers)
    Y = LOSS.targets(y, (len(X), layers[-1]["W"].shape[1]))

    with np.errstate(over="ignore", invalid="ignore"):
        kept, V, Z = forward(layers, X)
        check.real(Z, "the scores")
        value, dZ = LOSS.with_adjoint(Z, Y)
        gradients = backward(layers, kept, V, dZ)
    check.real(value, "the loss")
    for i, g in enumerate(gradients):
        for key, values in g.items():
            check.real(values, f"gradient[{i}][{key!r}]")
    return value, gradients


def predict_images(parameters: Sequence[Any], X: Any) -> NDArray[np.intp]:
    """The class with the largest score, for each image.

    Args:
        parameters: as for `convnet`, arrays.
        X: images, shape (N, C, H, W).

    Returns:
        Classes 0 … k − 1, shape (N,); of equal scores the first.

    Raises:
        TypeError: as `convnet`.
        ValueError: as `convnet`.
    """
    classes: NDArray[np.intp] = np.argmax(convnet(parameters, X), axis=1)
    return classes

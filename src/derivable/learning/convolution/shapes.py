"""How far a filter reaches, and a stack of filters.

Notation:
    k, t: length of a kernel and stride, along one axis.
    d: dilation, the step between two entries of a kernel.
    rho: receptive field ρ, how many inputs one output spans.
    tau: jump τ, the distance of what two neighbouring outputs see.
"""

from collections.abc import Sequence

from derivable import _validation as check
from derivable.learning.convolution import _checks


def dilated_size(kernel: int, dilation: int) -> int:
    """How many entries a kernel spans whose own lie apart.

    Args:
        kernel: number of entries, k.
        dilation: step from one to the next, d; 1 leaves no gap.

    Returns:
        d (k − 1) + 1.

    Raises:
        TypeError: if an argument is not a whole number.
        ValueError: if one is below 1.

    Source:
        eq. `claim:dilated-size` of this book.
    """
    k = check.whole(kernel, "kernel", least=1)
    d = check.whole(dilation, "dilation", least=1)

    return d * (k - 1) + 1


def receptive_field(layers: Sequence[Sequence[int]]) -> tuple[int, int]:
    """How many inputs one output of a stack spans, along one axis.

    It depends on all of them if no stride is above its kernel and no
    kernel is dilated; else there may be gaps between the first and the
    last.

    Args:
        layers: kernel and stride of each layer, from the input on;
            pooling counts as a layer. A dilated kernel counts with its
            `dilated_size`.

    Returns:
        The receptive field ρ, and the jump τ between two outputs.

    Raises:
        TypeError: if layers is no sequence of pairs of whole numbers.
        ValueError: if there is no layer, a layer is no pair, or a
            number is below 1.

    Source:
        eq. `claim:receptive-field` of this book.
    """
    given = check.sequence(layers, "layers")
    if not given:
        raise ValueError("layers must hold one pair or more, got none")
    pairs = [
        _checks.lengths(p, f"layers[{i}]", 2) for i, p in enumerate(given)
    ]

    rho, tau = 1, 1
    for k, t in pairs:
        rho, tau = rho + (k - 1) * tau, tau * t
    return rho, tau


def conv_parameter_count(
    channels: int, filters: int, kernel: Sequence[int]
) -> int:
    """How many weights and biases a layer of filters has.

    Args:
        channels: channels of its input, C.
        filters: filters, the channels of its output, K.
        kernel: height R and width S of a filter.

    Returns:
        K (C R S + 1), whatever the size of the image.

    Raises:
        TypeError: if an argument is not made of whole numbers.
        ValueError: if a number is below 1, or kernel is no pair.

    Source:
        eq. `claim:conv-parameters` of this book.
    """
    C = check.whole(channels, "channels", least=1)
    K = check.whole(filters, "filters", least=1)
    R, S = _checks.lengths(kernel, "kernel", 2)

    return K * (C * R * S + 1)

"""The parameters of a network: how many, how they start, what they cost.

Notation:
    sizes: numbers of inputs, of the units of each layer, of outputs,
        d₀, d₁, …, dₘ.
    W, b: weights and biases of a layer, shapes (d, k) and (k,).
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.networks.table import named

Layers = list[dict[str, Array]]


def init_mlp(
    sizes: Sequence[int],
    *,
    rng: np.random.Generator,
    activation: str = "relu",
) -> Layers:
    """Random weights and zero biases for a network of dense layers.

    Weights are normal with the scale of He for ReLU and its relatives,
    of Glorot for the others.

    Args:
        sizes: inputs, units of each hidden layer, outputs; m + 1 numbers.
        rng: source of randomness.
        activation: a name in `ACTIVATIONS`.

    Returns:
        One {"W": (d, k), "b": (k,)} for each of the m layers.

    Raises:
        TypeError: if sizes is no sequence of whole numbers, or rng no
            Generator.
        ValueError: if there are fewer than two sizes, one is below 1,
            or the activation is unknown.

    Source:
        He et al. (2015); Glorot and Bengio (2010).
    """
    sizes, rng = _sizes(sizes), check.generator(rng)
    std = named(activation).std

    return [
        {"W": std(d, k) * rng.normal(size=(d, k)), "b": np.zeros(k)}
        for d, k in pairwise(sizes)
    ]


def parameter_count(sizes: Sequence[int]) -> int:
    """How many weights and biases a network has.

    Args:
        sizes: inputs, units of each hidden layer, outputs; m + 1 numbers.

    Returns:
        The sum of (d + 1) k over the layers.

    Raises:
        TypeError: if sizes is no sequence of whole numbers.
        ValueError: if there are fewer than two sizes, or one is below 1.

    Source:
        eq. `claim:parameter-count` of this book.
    """
    return sum((d + 1) * k for d, k in pairwise(_sizes(sizes)))


def forward_flops(sizes: Sequence[int], batch_size: int = 1) -> int:
    """Multiplications and additions of a run forwards.

    Activations are not counted.

    Args:
        sizes: inputs, units of each hidden layer, outputs; m + 1 numbers.
        batch_size: samples in the batch, n.

    Returns:
        The sum of 2 n d k over the layers: for each of the n k sums, d
        products, d − 1 additions and one for the bias.

    Raises:
        TypeError: if a number is not whole.
        ValueError: if there are fewer than two sizes, or a number is
            below 1.
    """
    sizes = _sizes(sizes)
    n = check.whole(batch_size, "batch_size", least=1)

    return sum(2 * n * d * k for d, k in pairwise(sizes))


def _sizes(sizes: object) -> list[int]:
    """At least two whole numbers, each at least 1."""
    found = check.counts(sizes, "sizes", least=1)
    if len(found) < 2:
        raise ValueError(
            "sizes must hold inputs and outputs, at least two numbers, "
            f"got {found}"
        )
    return found

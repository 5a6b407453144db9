"""A network with a normalisation before every activation.

Notation:
    X: a batch, one sample a row, shape (n, d₀).
    Z: what a hidden layer sums up, shape (n, k); no bias, since beta is one.
    gamma, beta: scale and shift after the normalisation, shape (k,).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus.autodiff.dual import plain
from derivable.calculus.autodiff.methods import ArrayMethods
from derivable.learning.networks import init_mlp
from derivable.learning.networks._checks import batch
from derivable.learning.networks.table import named
from derivable.learning.training._checks import features, several
from derivable.learning.training.normalisation import standardise

Statistics = Sequence[tuple[Array, Array]]
NORMS = ("batch", "layer")
EPSILON = 1e-5  # added to every variance
HIDDEN, LAST = {"W", "gamma", "beta"}, {"W", "b"}


def init_normalised(
    sizes: Sequence[int],
    *,
    rng: np.random.Generator,
    activation: str = "relu",
) -> list[dict[str, Array]]:
    """The start of a network with normalised hidden layers.

    Args:
        sizes: inputs, units of each hidden layer, outputs; m + 1 numbers.
        rng: source of randomness.
        activation: a name in `ACTIVATIONS`.

    Returns:
        One {"W": (d, k), "gamma": (k,), "beta": (k,)} for each hidden
        layer, with the weights of `init_mlp`, gamma 1 and beta 0, and
        {"W": (d, k), "b": (k,)} for the last.

    Raises:
        TypeError: as `init_mlp`.
        ValueError: as `init_mlp`.
    """
    *hidden, last = init_mlp(sizes, rng=rng, activation=activation)

    return [
        *(
            {"W": h["W"], "gamma": np.ones_like(h["b"]), "beta": h["b"]}
            for h in hidden
        ),
        last,
    ]


def normalised_mlp(
    parameters: Sequence[Any],
    X: Any,
    *,
    norm: str = "batch",
    activation: str = "relu",
    statistics: Statistics | None = None,
) -> Any:
    """The scores of a network with normalised hidden layers.

    Args:
        parameters: as `init_normalised` gives; arrays, Tensors or Duals.
        X: a batch, one sample a row, shape (n, d₀).
        norm: "batch" or "layer".
        activation: a name in `ACTIVATIONS`.
        statistics: for "batch" at evaluation, the mean and variance,
            each of shape (k,), for each hidden layer; without them the
            batch is normalised by its own, as in training.

    Returns:
        Scores, shape (n, k) with the k of the last layer.

    Raises:
        TypeError: if a layer is no dict as above, or not real.
        ValueError: if sizes do not chain, a value is not finite, a name
            is unknown, or a batch of one has no statistics.
    """
    check.choice(norm, NORMS, "norm")
    layers = _layers(parameters)
    X = batch(X, layers[0]["W"])
    given = _given(statistics, layers, norm)
    if norm == "batch" and given is None and layers[1:]:
        several(X)

    with np.errstate(over="ignore", invalid="ignore"):
        A, _ = _forward(layers, X, norm, named(activation).f, given)
        return _finite(A @ layers[-1]["W"] + layers[-1]["b"], len(layers))


def layer_statistics(
    parameters: Sequence[Any], X: Any, *, activation: str = "relu"
) -> list[tuple[Array, Array]]:
    """Mean and variance of the sums of each hidden layer, for evaluation.

    Args:
        parameters: as for `normalised_mlp`, arrays.
        X: the training set or a large part of it, shape (n, d₀).
        activation: a name in `ACTIVATIONS`.

    Returns:
        For each hidden layer the mean and the variance (with 1/(n − 1))
        over X, each of shape (k,), layer by layer, each layer fed by
        those before it as they are normalised over X.

    Raises:
        TypeError: as `normalised_mlp`.
        ValueError: as `normalised_mlp`, or if X has one row.

    Source:
        Ioffe and Szegedy (2015), algorithm 2.
    """
    layers = _layers(parameters)
    X = batch(X, layers[0]["W"])
    several(X)

    with np.errstate(over="ignore", invalid="ignore"):
        _, found = _forward(layers, X, "batch", named(activation).f, None)
    n = len(X)
    return [(mean[0], v[0] * n / (n - 1)) for mean, v in found]


def _forward(
    layers: Any, A: Any, norm: str, f: Any, given: Any
) -> tuple[Any, list[Any]]:
    """What goes into the last layer, and the mean and variance of each."""
    found = []
    for i, layer in enumerate(layers[:-1]):
        Z = _finite(A @ layer["W"], i + 1)
        if given is None:
            X_hat, *moments = standardise(Z, NORMS.index(norm), EPSILON)
            found.append([_finite(m, i + 1) for m in moments])
        else:
            mean, v = given[i]
            X_hat = (Z - mean) / np.sqrt(v + EPSILON)
        A = f(_finite(layer["gamma"] * X_hat + layer["beta"], i + 1))
    return A, found


def _finite(Z: Any, layer: int) -> Any:
    """The sums of a layer, if a float64 can hold them."""
    if not np.isfinite(plain(Z)).all():
        raise ValueError(
            f"the sums of layer {layer} and their squares must be finite, "
            "got one beyond float64"
        )
    return Z


def _layers(parameters: Any) -> list[dict[str, Any]]:
    """Layers whose shapes fit and whose sizes chain."""
    given = check.sequence(parameters, "parameters")
    if not given:
        raise ValueError("parameters must hold a layer or more, got none")
    found: list[dict[str, Any]] = []
    for i, layer in enumerate(given):
        at, keys = f"parameters[{i}]", LAST if i == len(given) - 1 else HIDDEN
        if not isinstance(layer, dict) or set(layer) != keys:
            raise TypeError(
                f"{at} must be a dict of {sorted(keys)}, got {layer!r}"
            )
        found.append({k: _array(v, f"{at}[{k!r}]") for k, v in layer.items()})
        _shapes(found, at)
    return found


def _shapes(found: list[dict[str, Any]], at: str) -> None:
    """Refuse a layer that does not fit itself or the one before it."""
    shapes = {k: v.shape for k, v in found[-1].items()}
    W = shapes.pop("W")
    if len(W) != 2 or set(shapes.values()) != {W[1:]}:
        raise ValueError(
            f"{at} must have W of shape (d, k) and all else of shape (k,), "
            f"got {W} and {shapes}"
        )
    if found[1:] and found[-2]["W"].shape[1] != W[0]:
        raise ValueError(
            f"{at} must take what the layer before it gives, got W of "
            f"shape {W} after {found[-2]['W'].shape}"
        )


def _given(statistics: Any, layers: Any, norm: str) -> Any:
    """Mean and variance of each hidden layer, if they are given."""
    if statistics is None:
        return None
    if norm != "batch":
        raise ValueError(
            f"statistics must be None for norm 'layer', got {statistics!r}"
        )
    given = check.sequence(statistics, "statistics")
    if len(given) != len(layers) - 1:
        raise ValueError(
            "statistics must hold a mean and a variance for each of the "
            f"{len(layers) - 1} hidden layers, got {len(given)}"
        )
    return [
        _moments(m, h["W"].shape[1], i)
        for i, (m, h) in enumerate(zip(given, layers, strict=False))
    ]


def _moments(pair: Any, k: int, i: int) -> list[Array]:
    """A mean and a variance, one number for each unit."""
    at = f"statistics[{i}]"
    pair = check.sequence(pair, at)
    if len(pair) != 2:
        raise ValueError(f"{at} must be mean and variance, got {len(pair)}")
    mean, v = (features(a, k, f"{at}[{j}]") for j, a in enumerate(pair))
    if v.min() < 0:
        raise ValueError(
            f"{at}[1] must not be negative, got {v.min()} as its smallest"
        )
    return [mean, v]


def _array(x: Any, name: str) -> Any:
    """A finite array, or what takes part in a run of `grad` or `jvp`."""
    return x if isinstance(x, ArrayMethods) else check.real(x, name)

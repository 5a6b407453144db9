"""What is asked of the parameters and the data of a network."""

from typing import Any

import numpy as np

from derivable import _validation as check
from derivable.calculus.autodiff.methods import ArrayMethods
from derivable.learning.networks.passes import ScoresError


def layers(parameters: Any) -> list[dict[str, Any]]:
    """Layers whose sizes chain, arrays or what takes part in a run."""
    given = check.sequence(parameters, "parameters")
    if not given:
        raise ValueError("parameters must hold a layer or more, got none")
    found: list[dict[str, Any]] = []
    for i, layer in enumerate(given):
        at = f"parameters[{i}]"
        if not isinstance(layer, dict) or set(layer) != {"W", "b"}:
            raise TypeError(f"{at} must be a dict of W and b, got {layer!r}")
        W, b = (_array(layer[key], f"{at}[{key!r}]") for key in "Wb")
        if W.ndim != 2 or b.shape != W.shape[1:]:
            raise ValueError(
                f"{at} must have W of shape (d, k) and b of shape (k,), "
                f"got {W.shape} and {b.shape}"
            )
        if found and found[-1]["W"].shape[1] != W.shape[0]:
            raise ValueError(
                f"{at} must take what the layer before it gives, got "
                f"W of shape {W.shape} after {found[-1]['W'].shape}"
            )
        found.append({"W": W, "b": b})
    return found


def batch(X: Any, W: Any) -> Any:
    """Samples as rows, of the length that the first layer takes."""
    X = _array(X, "X")
    if X.ndim != 2 or X.shape[1] != W.shape[0]:
        raise ValueError(
            f"X must have shape (n, {W.shape[0]}) for W of shape {W.shape}, "
            f"got {X.shape}"
        )
    return X


def classes(k: int) -> None:
    """Refuse one score where the largest of several is asked for."""
    if k < 2:
        raise ValueError(
            "parameters must have two outputs or more, one for each class, "
            f"got {k}"
        )


def loss_value(value: Any) -> Any:
    """A loss, if it is finite."""
    if not np.isfinite(value):
        raise ScoresError(f"the loss must be finite, got {value}")
    return value


def _array(x: Any, name: str) -> Any:
    """A finite array, or what takes part in a run of `grad` or `jvp`."""
    return x if isinstance(x, ArrayMethods) else check.real(x, name)


def gradient(gradients: Any) -> None:
    """Refuse a gradient that is not finite."""
    for i, layer in enumerate(gradients):
        for key, g in layer.items():
            try:
                check.real(g, f"gradient[{i}][{key!r}]")
            except ValueError as error:
                raise ScoresError(str(error)) from None

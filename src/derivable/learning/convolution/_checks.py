"""What is asked of images, filters and the layers of a network."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from derivable import _validation as check
from derivable.calculus.autodiff.methods import ArrayMethods
from derivable.linalg import conv_output_size

Key = tuple[Any, ...]


def four(A: Any, name: str, axes: str) -> Any:
    """Four axes, finite; or what takes part in a run of `grad`."""
    values: Any = A if isinstance(A, ArrayMethods) else check.real(A, name)
    if values.ndim != 4:
        raise ValueError(f"{name} must have shape {axes}, got {values.shape}")
    return values


def images(X: Any) -> Any:
    """A batch of images, shape (N, C, H, W)."""
    return four(X, "X", "(N, C, H, W)")


def lengths(values: object, name: str, count: int) -> tuple[int, ...]:
    """So many whole numbers, each at least 1."""
    found = tuple(check.counts(values, name, least=1))
    if len(found) != count:
        raise ValueError(f"{name} must be {count} numbers, got {found}")
    return found


def places(
    size: Sequence[int], kernel: Sequence[int], stride: int, padding: int = 0
) -> tuple[int, int]:
    """How many places there are, down and across."""
    down, across = (
        conv_output_size(n, k, stride=stride, padding=padding)
        for n, k in zip(size, kernel, strict=True)
    )
    return down, across


def under(
    kernel: Sequence[int], out: Sequence[int], stride: int
) -> Iterator[tuple[int, int, Key]]:
    """For each entry (r, s) of a kernel, the pixels that it lies over."""
    for r, s in np.ndindex(*kernel):
        rows = slice(r, r + stride * (out[0] - 1) + 1, stride)
        columns = slice(s, s + stride * (out[1] - 1) + 1, stride)
        yield r, s, (slice(None), slice(None), rows, columns)


def shape_of(A: Any, shape: tuple[int, ...], name: str) -> Any:
    """The array, if it has exactly that shape: nothing is broadcast."""
    if A.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {A.shape}")
    return A


def bias(b: Any, K: int) -> Any:
    """One number for each filter."""
    values = b if isinstance(b, ArrayMethods) else check.real(b, "b")
    return shape_of(values, (K,), "b")


def layers(parameters: Any) -> list[dict[str, Any]]:
    """Layers of filters that chain, and a dense one at the end."""
    given = check.sequence(parameters, "parameters")
    if len(given) < 2:
        raise ValueError(
            "parameters must hold a layer of filters and a dense one at "
            f"least, got {len(given)}"
        )
    found: list[dict[str, Any]] = []
    for i, layer in enumerate(given):
        at, key = f"parameters[{i}]", "W" if i == len(given) - 1 else "F"
        if not isinstance(layer, dict) or set(layer) != {key, "b"}:
            raise TypeError(
                f"{at} must be a dict of {key} and b, got {layer!r}"
            )
        w, b = (
            v if isinstance(v, ArrayMethods) else check.real(v, f"{at}[{k!r}]")
            for k, v in ((key, layer[key]), ("b", layer["b"]))
        )
        _fits(w, b, key, at)
        found.append({key: w, "b": b})
    for i in range(1, len(found) - 1):
        K, C = found[i - 1]["F"].shape[0], found[i]["F"].shape[1]
        if K != C:
            raise ValueError(
                f"parameters[{i}] must take the {K} channels that the layer "
                f"before it gives, got filters of {C}"
            )
    return found


def _fits(w: Any, b: Any, key: str, at: str) -> None:
    """Refuse filters that keep no size, and a bias of another shape."""
    if key == "W":
        good, K, rule = w.ndim == 2, w.shape[-1:], "W of shape (d, k)"
    else:
        good = w.ndim == 4 and w.shape[2] == w.shape[3] and w.shape[2] % 2 == 1
        K, rule = w.shape[:1], "F of shape (K, C, R, R) with R odd"
    if not good or b.shape != K:
        raise ValueError(
            f"{at} must have {rule} and one bias for each output, "
            f"got {w.shape} and {b.shape}"
        )


def batch(X: Any, found: list[dict[str, Any]]) -> Any:
    """Images of the channels and the size that the layers take."""
    X = images(X)
    C = found[0]["F"].shape[1]
    if X.shape[1] != C:
        raise ValueError(
            f"X must have {C} channels, as the first filters, got {X.shape}"
        )
    halved = tuple(n >> (len(found) - 1) for n in X.shape[2:])
    K, d = found[-2]["F"].shape[0], found[-1]["W"].shape[0]
    pixels = halved[0] * halved[1]
    if pixels == 0 or d not in {K, K * pixels}:
        raise ValueError(
            f"X must be of a size that gives the dense layer {d} inputs, "
            f"got {X.shape}, of which {K} channels of {halved[0]} × "
            f"{halved[1]} pixels are left"
        )
    return X

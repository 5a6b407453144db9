"""The chain rule as a program: along one chain, and back through a network.

Notation:
    x: what enters a chain of functions, a number.
    X, Y: inputs and targets, one example a row, (n, d) and (n, 1).
    W1, b1, W2, b2: weights and biases of two layers of k hidden units.
    Z, H, P: sums, hidden values, predictions, (n, k), (n, k), (n, 1).
    dP: the slopes of the loss for all entries of P, shape of P.
"""

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array

Function = Callable[[float], ArrayLike]
Network = tuple[Array, Array, Array, Array]


def chain_slopes(
    links: Iterable[tuple[Function, Function]], x: ArrayLike
) -> tuple[Array, Array]:
    """Values along a chain of functions, and their slopes for its input.

    Args:
        links: T pairs of a function of one number and its derivative, in
            the order in which the functions are applied.
        x: where the chain begins, a number.

    Returns:
        The values x_0 = x, …, x_T and the slopes dx_t/dx_0, both of
        shape (T + 1,).

    Raises:
        TypeError: if links does not hold pairs of functions, or if x, or
            what they return, is not real.
        ValueError: if x, a value or a slope is not one finite number.

    Source:
        eq. `claim:chain-long` of this book.
    """
    given = check.sequence(links, "links")
    pairs = [_link(pair, t) for t, pair in enumerate(given)]
    value, slope = check.number(x), 1.0

    values, slopes = [value], [slope]
    for t, (f, f_prime) in enumerate(pairs):
        slope *= check.number(f_prime(value), f"links[{t}][1](x)")
        value = check.number(f(value), f"links[{t}][0](x)")
        values.append(value)
        slopes.append(_finite(slope, t))
    return np.array(values), np.array(slopes)


def two_layer_gradients(
    params: Sequence[ArrayLike], X: ArrayLike, Y: ArrayLike
) -> tuple[float, Network]:
    """Mean squared error of a two-layer ReLU network, and its gradients.

    Args:
        params: W1 of shape (d, k), b1 of shape (k,), W2 of shape (k, 1)
            and b2 of shape (1,).
        X: inputs, shape (n, d).
        Y: targets, shape (n, 1).

    Returns:
        The loss, and its gradients for W1, b1, W2 and b2, each of the
        shape of its parameter. Where a unit is exactly at the kink of
        ReLU, the slope there counts as 0.

    Raises:
        TypeError: if params is no sequence, or not all are real.
        ValueError: if params does not hold four arrays, shapes do not
            fit, or an entry or a result is not finite.

    Source:
        eq. `claim:two-layer` of this book.
    """
    (W1, b1, W2, b2), X, Y = _shaped(params, X, Y)

    with np.errstate(over="ignore", invalid="ignore"):
        Z = X @ W1 + b1
        H = np.maximum(Z, 0)
        P = H @ W2 + b2
        loss = float(np.mean((P - Y) ** 2))

        dP = 2 / len(X) * (P - Y)
        dZ = (dP @ W2.T) * (Z > 0)
        slopes = X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)
    return _all_finite(loss, slopes)


def _link(pair: object, t: int) -> tuple[Function, Function]:
    """Two functions, or an error that says which is none."""
    both = check.sequence(pair, f"links[{t}]")
    if len(both) != 2:
        raise ValueError(
            f"links[{t}] must be a function and its derivative, "
            f"got {len(both)} items"
        )
    for i, f in enumerate(both):
        check.function(f, f"links[{t}][{i}]")
    return both[0], both[1]


def _finite(slope: float, t: int) -> float:
    """The product so far, if float64 holds it."""
    if not math.isfinite(slope):
        raise ValueError(
            f"links must have a finite slope, got {slope} after links[{t}]"
        )
    return slope


def _shaped(
    params: Sequence[ArrayLike], X: ArrayLike, Y: ArrayLike
) -> tuple[Network, Array, Array]:
    """Arrays whose shapes fit, in float64."""
    given = check.sequence(params, "params")
    if len(given) != 4:
        raise ValueError(
            f"params must be W1, b1, W2 and b2, got {len(given)} arrays"
        )
    X = check.matrix(X, "X")
    W1 = check.matrix(given[0], "params[0]")
    n, k = len(X), W1.shape[1]
    W1 = _of_shape(W1, (X.shape[1], k), "params[0]")
    b1 = _of_shape(given[1], (k,), "params[1]")
    W2 = _of_shape(given[2], (k, 1), "params[2]")
    b2 = _of_shape(given[3], (1,), "params[3]")
    return (W1, b1, W2, b2), X, _of_shape(Y, (n, 1), "Y")


def _of_shape(a: ArrayLike, shape: tuple[int, ...], name: str) -> Array:
    return check.of_shape(check.real(a, name), shape, name)


def _all_finite(loss: float, slopes: Network) -> tuple[float, Network]:
    """Loss and gradients, if float64 holds them."""
    named = {"loss": np.array(loss)}
    named |= {f"gradient for params[{i}]": g for i, g in enumerate(slopes)}
    for name, a in named.items():
        if not np.all(np.isfinite(a)):
            raise ValueError(f"the {name} must be finite, got {a}")
    return loss, slopes

"""What is asked of the parameters and the tokens of a transformer."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivable import _validation as check
from derivable.calculus.autodiff.methods import ArrayMethods

MATRICES = ("Wq", "Wk", "Wv", "Wo")
BLOCK = ("g1", "b1", *MATRICES, "g2", "b2", "W1", "c1", "W2", "c2")
TOP = ("E", "blocks", "g", "b", "U")


def array(x: Any, name: str) -> Any:
    """A finite array, or what takes part in a run of `grad` or `jvp`."""
    return x if isinstance(x, ArrayMethods) else check.real(x, name)


def keys(given: Any, wanted: tuple[str, ...], name: str) -> None:
    """Refuse what is no dict with exactly these keys."""
    if not isinstance(given, dict) or set(given) != set(wanted):
        raise TypeError(
            f"{name} must be a dict of {', '.join(wanted)}, got {given!r:.60}"
        )


def shaped(x: Any, shape: tuple[int, ...], name: str) -> Any:
    """An array of one shape."""
    x = array(x, name)
    if x.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {x.shape}")
    return x


def heads(num_heads: object, width: int) -> int:
    """A number of heads that divides the width."""
    h = check.whole(num_heads, "num_heads", least=1)
    if width % h:
        raise ValueError(
            f"num_heads must divide the width, {width}, got {num_heads}"
        )
    return h


def transformer(parameters: Any, num_heads: object) -> dict[str, Any]:
    """Parameters whose shapes fit together and to the heads."""
    keys(parameters, TOP, "parameters")
    E = array(parameters["E"], "parameters['E']")
    if E.ndim != 2:
        raise ValueError(
            f"parameters['E'] must have shape (k, w), got {E.shape}"
        )
    k, w = E.shape
    heads(num_heads, w)
    if w % 2:
        raise ValueError(f"parameters['E'] must have even w, got {E.shape}")
    blocks = check.sequence(parameters["blocks"], "parameters['blocks']")
    if not blocks:
        raise ValueError("parameters['blocks'] must hold a block, got none")
    return {
        "E": E,
        "blocks": [
            block(q, w, f"parameters['blocks'][{i}]")
            for i, q in enumerate(blocks)
        ],
        "g": shaped(parameters["g"], (w,), "parameters['g']"),
        "b": shaped(parameters["b"], (w,), "parameters['b']"),
        "U": shaped(parameters["U"], (w, k), "parameters['U']"),
    }


def block(q: Any, w: int, name: str) -> dict[str, Any]:
    """The parameters of one block."""
    keys(q, BLOCK, name)
    f = np.shape(array(q["c1"], f"{name}['c1']"))[-1:]
    shapes: dict[str, tuple[int, ...]] = dict.fromkeys(BLOCK, (w,))
    for key in MATRICES:
        shapes[key] = (w, w)
    shapes |= {"W1": (w, *f), "c1": f, "W2": (*f, w)}
    return {
        key: shaped(q[key], shapes[key], f"{name}[{key!r}]") for key in BLOCK
    }


def tokens(
    x: Any,
    k: int,
    *,
    least: int = 1,
    ndim: tuple[int, ...] = (1, 2),
    name: str = "tokens",
) -> NDArray[np.int64]:
    """Tokens in 0 … k − 1, in one row or in several."""
    values = check.whole_numbers(x, name)
    if values.ndim not in ndim or values.shape[-1] < least:
        shapes = " or ".join({1: "(T,)", 2: "(B, T)"}[n] for n in ndim)
        raise ValueError(
            f"{name} must have shape {shapes} with T of at least {least}, "
            f"got {values.shape}"
        )
    if values.min() < 0 or values.max() >= k:
        raise ValueError(
            f"{name} must lie in 0 to {k - 1}, "
            f"got {values.min()} to {values.max()}"
        )
    return values


def finite(value: Any, name: str) -> Any:
    """Refuse a result that is beyond float64."""
    if not np.isfinite(value).all():
        raise ValueError(
            f"{name} must be finite, got one beyond float64; "
            "parameters are too large"
        )
    return value


def prompt(x: Any, k: int) -> NDArray[np.int64]:
    """At least one token to begin with."""
    values = check.whole_numbers(x, "prompt")
    if values.ndim != 1 or values.min() < 0 or values.max() >= k:
        raise ValueError(
            f"prompt must be a list of tokens in 0 to {k - 1}, got "
            f"shape {values.shape} from {values.min()} to {values.max()}"
        )
    return values

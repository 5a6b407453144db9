"""The parameters of a small transformer: a start, and a trained one.

Notation:
    k: number of symbols; w: width; f: hidden units of a block.
    m: number of blocks.
"""

from importlib.resources import files
from typing import Any

import numpy as np

from derivable import _validation as check
from derivable._trees import flatten
from derivable._validation import Array


def init_transformer(
    num_symbols: int,
    *,
    width: int,
    num_blocks: int,
    rng: np.random.Generator,
    hidden: int | None = None,
) -> dict[str, Any]:
    """Random weights; scales 1 and shifts 0 where rows are normalised.

    A matrix of d rows is normal with standard deviation 1/√d. Those
    whose result is added to the residual stream are divided by √(2m)
    besides, since 2m of them add up.

    Args:
        num_symbols: size of the vocabulary, k.
        width: of the residual stream, w; even.
        num_blocks: m, at least 1.
        rng: source of randomness.
        hidden: units of the feed-forward layers, f; default 4 w.

    Returns:
        {"E": (k, w), "blocks": one dict for each block, "g": (w,),
        "b": (w,), "U": (w, k)}.

    Raises:
        TypeError: if a number is not whole, or rng no Generator.
        ValueError: if one is too small, or the width is odd.

    Source:
        Radford et al. (2019), section 2.3, for the √(2m).
    """
    k = check.whole(num_symbols, "num_symbols", least=2)
    w = check.whole(width, "width", least=2)
    if w % 2:
        raise ValueError(f"width must be even, got {width}")
    m = check.whole(num_blocks, "num_blocks", least=1)
    f = 4 * w if hidden is None else check.whole(hidden, "hidden", least=1)
    check.generator(rng)

    return {
        "E": rng.normal(size=(k, w)),
        "blocks": [_block(w, f, (2 * m) ** -0.5, rng) for _ in range(m)],
        "g": np.ones(w),
        "b": np.zeros(w),
        "U": _matrix(w, k, rng),
    }


def _block(
    w: int, f: int, share: float, rng: np.random.Generator
) -> dict[str, Array]:
    """A block whose two results are small beside the stream."""
    return {
        "g1": np.ones(w),
        "b1": np.zeros(w),
        "Wq": _matrix(w, w, rng),
        "Wk": _matrix(w, w, rng),
        "Wv": _matrix(w, w, rng),
        "Wo": share * _matrix(w, w, rng),
        "g2": np.ones(w),
        "b2": np.zeros(w),
        "W1": _matrix(w, f, rng),
        "c1": np.zeros(f),
        "W2": share * _matrix(f, w, rng),
        "c2": np.zeros(w),
    }


def _matrix(rows: int, columns: int, rng: np.random.Generator) -> Array:
    W: Array = rows**-0.5 * rng.normal(size=(rows, columns))
    return W


SIZES = {"num_symbols": 29, "width": 32, "num_blocks": 2}
NUM_HEADS, CONTEXT = 4, 32


def trained_transformer() -> dict[str, Any]:
    """A transformer that has read `book_text` for longer than a page can.

    The sizes, the text and the rule are those of the chapter; only the
    steps are more. `python -m derivable.learning.attention.long_run`
    makes the file anew.

    Returns:
        Parameters for 29 symbols, width 32, two blocks; to be used with
        num_heads = 4 and a context of 32.
    """
    rng = np.random.default_rng(0)
    _, restore = flatten(init_transformer(**SIZES, rng=rng))
    path = files("derivable.learning.attention").joinpath("weights.bin")
    stored = np.frombuffer(path.read_bytes(), dtype="<f4")
    parameters: dict[str, Any] = restore(stored.astype(np.float64))
    return parameters

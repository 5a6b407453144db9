"""How many numbers a transformer has, and how many operations it takes.

Notation:
    k: symbols; w: width; f: hidden units; m: blocks; T: tokens.
"""

from derivable import _validation as check


def transformer_parameter_count(
    num_symbols: int, *, width: int, num_blocks: int, hidden: int | None = None
) -> int:
    """How many parameters `init_transformer` draws.

    Args:
        num_symbols: k.
        width: w.
        num_blocks: m.
        hidden: f; default 4 w.

    Returns:
        m (4 w² + 2 w f + f + 5 w) + 2 k w + 2 w.

    Raises:
        TypeError: if a number is not whole.
        ValueError: if one is too small.

    Source:
        eq. `claim:transformer-count` of this book.
    """
    k, w, m, f = _sizes(num_symbols, width, num_blocks, hidden)
    return m * (4 * w**2 + 2 * w * f + f + 5 * w) + 2 * k * w + 2 * w


def transformer_flops(
    length: int,
    *,
    num_symbols: int,
    width: int,
    num_blocks: int,
    hidden: int | None = None,
) -> int:
    """Multiplications and additions of all matrix products of a run.

    Args:
        length: tokens, T.
        num_symbols: k.
        width: w.
        num_blocks: m.
        hidden: f; default 4 w.

    Returns:
        m (8 T w² + 4 T² w + 4 T w f) + 2 T w k. What the mask forbids
        is computed too.

    Raises:
        TypeError: if a number is not whole.
        ValueError: if one is too small.

    Source:
        eq. `claim:transformer-flops` of this book.
    """
    T = check.whole(length, "length", least=1)
    k, w, m, f = _sizes(num_symbols, width, num_blocks, hidden)
    each = 8 * T * w**2 + 4 * T**2 * w + 4 * T * w * f
    return m * each + 2 * T * w * k  # eq. claim:transformer-flops


def decoding_flops(  # noqa: PLR0913
    length: int,
    *,
    num_symbols: int,
    width: int,
    num_blocks: int,
    hidden: int | None = None,
    cached: bool = True,
) -> int:
    """Operations for the scores after the last of some tokens.

    Args:
        length: tokens so far, T, the new one among them.
        num_symbols: k.
        width: w.
        num_blocks: m.
        hidden: f; default 4 w.
        cached: whether keys and values of the others are kept; else
            it is a run on all tokens, which scores the others too.

    Returns:
        m (8 w² + 4 T w + 4 w f) + 2 w k, or `transformer_flops`.

    Raises:
        TypeError: if a number is not whole, or cached no bool.
        ValueError: if one is too small.

    Source:
        eq. `claim:cache-flops` of this book.
    """
    T = check.whole(length, "length", least=1)
    k, w, m, f = _sizes(num_symbols, width, num_blocks, hidden)
    if not check.flag(cached, "cached"):
        return transformer_flops(
            T, num_symbols=k, width=w, num_blocks=m, hidden=f
        )
    return m * (8 * w**2 + 4 * T * w + 4 * w * f) + 2 * w * k


def _sizes(
    num_symbols: object, width: object, num_blocks: object, hidden: object
) -> tuple[int, int, int, int]:
    w = check.whole(width, "width", least=1)
    return (
        check.whole(num_symbols, "num_symbols", least=1),
        w,
        check.whole(num_blocks, "num_blocks"),
        4 * w if hidden is None else check.whole(hidden, "hidden", least=1),
    )

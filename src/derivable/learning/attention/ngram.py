"""Counting what followed: n-grams with interpolated discounting.

Notation:
    k: number of symbols; o: order, the symbols of a gram.
    C: counts of grams, shape (k, …, k) with o axes.
    D: discount, taken from every count that is not 0.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.attention import _checks

LARGEST = 10_000_000  # entries of a table


@dataclass(frozen=True)
class NGram:
    """A table of the next symbol, for each context of o − 1 symbols.

    Attributes:
        table: P(symbol | context), shape (k, …, k) with o axes, the
            symbol last; every row sums to 1, and no entry is 0.
    """

    table: Array

    def cross_entropy(self, tokens: ArrayLike) -> float:
        """The mean of −ln p over a text, from its o-th token on.

        Args:
            tokens: one text, shape (n,), with n of at least o.

        Returns:
            Nats a token; the exponential is the perplexity.

        Raises:
            TypeError: if tokens are no whole numbers.
            ValueError: if there are too few, or one is not in
                0 … k − 1.
        """
        k, o = len(self.table), self.table.ndim
        x = _checks.tokens(tokens, k, least=o, ndim=(1,))
        return -float(np.mean(np.log(self.table[grams(x, o)])))


def grams(x: NDArray[np.int64], o: int) -> tuple[NDArray[np.int64], ...]:
    """The o symbols of each gram, as an index of a table."""
    n = len(x) - o + 1
    return tuple(x[i : i + n] for i in range(o))


def fit_ngram(
    tokens: ArrayLike, *, order: int, num_symbols: int, discount: float
) -> NGram:
    """Count grams, and mix each order with the one below.

    From every count that is not 0 a discount is taken, and what is
    taken goes to the symbols by the model of one order less; order 0
    gives each symbol 1/k.

    Args:
        tokens: one text, shape (n,), with n of at least `order`.
        order: o, at least 1; 3 is a trigram.
        num_symbols: k.
        discount: D, in (0, 1); the same for all orders.

    Returns:
        The model.

    Raises:
        TypeError: if tokens are no whole numbers, or order or
            num_symbols is none.
        ValueError: if there are too few tokens, one is not in
            0 … k − 1, the discount is outside (0, 1), or the table
            would be too large.

    Source:
        eq. `def:discounting` of this book; Ney, Essen and Kneser (1994).
    """
    o = check.whole(order, "order", least=1)
    k = check.whole(num_symbols, "num_symbols", least=2)
    if o * np.log(k) > np.log(LARGEST):
        raise ValueError(
            f"order and num_symbols must give at most {LARGEST:,} entries, "
            f"got {order} and {num_symbols}"
        )
    x = _checks.tokens(tokens, k, least=o, ndim=(1,))
    D = _discount(discount)

    P: Array = np.full(k, 1 / k)
    for i in range(1, o + 1):
        C = np.zeros((k,) * i)
        np.add.at(C, grams(x, i), 1)
        P = discounted(C, P, D)
    return NGram(P)


def ngram_cross_entropy(
    seen: ArrayLike,
    tokens: ArrayLike,
    *,
    order: int,
    num_symbols: int,
    discount: float,
) -> float:
    """The mean of −ln p over a text, by a model of grams, of any order.

    What `fit_ngram(seen, …).cross_entropy(tokens)` returns, but only
    grams that occurred are kept: at most n for each order.

    Args:
        seen: the text to count in, shape (n,), with n of at least
            `order`.
        tokens: the text to be predicted, shape (m,), likewise.
        order: o, at least 1; 5 is a 5-gram.
        num_symbols: k.
        discount: D, in (0, 1); the same for all orders.

    Returns:
        Nats a token, from the o-th of `tokens` on.

    Raises:
        TypeError: as `fit_ngram`.
        ValueError: as `fit_ngram`, or if the grams, k^o of them, have
            no whole numbers of 64 bits.

    Source:
        eq. `def:discounting` of this book.
    """
    o = check.whole(order, "order", least=1)
    k = check.whole(num_symbols, "num_symbols", least=2)
    if k**o > np.iinfo(np.int64).max:
        raise ValueError(
            "order and num_symbols must give grams of 64 bits, "
            f"got {order} and {num_symbols}"
        )
    x = _checks.tokens(seen, k, least=o, ndim=(1,), name="seen")
    y = _checks.tokens(tokens, k, least=o, ndim=(1,))
    D = _discount(discount)

    p: Array = np.full(len(y) - o + 1, 1 / k)
    for i in range(1, o + 1):
        known, C = np.unique(_numbers(x, i, k), return_counts=True)
        asked = _numbers(y[o - i :], i, k)
        contexts, first = np.unique(known // k, return_index=True)
        total = _found(contexts, np.add.reduceat(C, first), asked // k)
        kinds = np.diff(np.append(first, len(known)))
        taken = D * _found(contexts, kinds, asked // k)
        mixed = np.maximum(_found(known, C, asked) - D, 0) + taken * p
        p = np.where(total > 0, mixed / np.maximum(total, 1), p)
    return -float(np.mean(np.log(p)))


def _numbers(x: NDArray[np.int64], o: int, k: int) -> NDArray[np.int64]:
    """Each gram as one number, its symbols as digits."""
    total: NDArray[np.int64] = np.zeros(len(x) - o + 1, dtype=np.int64)
    for symbols in grams(x, o):
        total = total * k + symbols
    return total


def _found(
    known: NDArray[np.int64],
    counts: NDArray[np.int64],
    asked: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The counts of what is asked, 0 for what is not known (sorted)."""
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.where(known[at] == asked, counts[at], 0)


def _discount(discount: float) -> float:
    D = check.number(discount, "discount")
    if not 0 < D < 1:
        raise ValueError(f"discount must lie in (0, 1), got {discount}")
    return D


def discounted(C: Array, P: Array, D: float) -> Array:
    """Shares of the counts less D; what is left goes by P.

    Axis 0 of C is the symbol furthest back, which P does not know; a
    context that was never seen has P.
    """
    total = C.sum(axis=-1, keepdims=True)
    taken = D * (C > 0).sum(axis=-1, keepdims=True)
    mixed = np.maximum(C - D, 0) + taken * P  # eq. def:discounting
    known = total > 0
    return np.where(known, mixed / np.where(known, total, 1), P)

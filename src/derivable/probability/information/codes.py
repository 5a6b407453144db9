"""Codes: words of bits for symbols, none the beginning of another.

Notation:
    p: probabilities of the symbols, shape (k,).
    m: how many symbols make a block.
"""

import heapq

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability._checks import distribution
from derivable.probability.information import _checks as checks

MOST = 2**20  # blocks: 8 MB of probabilities


def huffman(p: ArrayLike) -> NDArray[np.int64]:
    """Word lengths of a code with the shortest mean length.

    The two rarest symbols become one, again and again; each merger
    adds a bit to all symbols in it.

    Args:
        p: probabilities of the symbols, shape (k,), none 0.

    Returns:
        Lengths in bits, shape (k,); 0 if there is one symbol only.

    Raises:
        TypeError: if p is not real.
        ValueError: if p is no vector or no distribution, or holds a 0:
            what never occurs needs no word.

    Source:
        Huffman (1952); eq. `claim:huffman` of this book.
    """
    p = checks.positive(p)

    k = len(p)
    heap = [(float(share), i) for i, share in enumerate(p)]
    heapq.heapify(heap)
    parent = {}
    for new in range(k, 2 * k - 1):
        (a, i), (b, j) = heapq.heappop(heap), heapq.heappop(heap)
        parent[i] = parent[j] = new
        heapq.heappush(heap, (a + b, new))

    length = {2 * k - 2: 0}  # the root
    for node in reversed(range(2 * k - 2)):
        length[node] = length[parent[node]] + 1
    return np.array([length[i] for i in range(k)], dtype=np.int64)


def block_distribution(p: ArrayLike, m: int) -> Array:
    """Probabilities of m independent symbols in a row.

    Args:
        p: probabilities of one symbol, shape (k,).
        m: symbols in a block, at least 1.

    Returns:
        Products of probabilities, shape (kᵐ,); the last symbol changes
        fastest.

    Raises:
        TypeError: if p is not real or m not a whole number.
        ValueError: if p is no vector or no distribution, m is below 1,
            or there are more than 2²⁰ blocks.
    """
    p = distribution(check.vector(p, "p"))
    m = check.whole(m, "m", least=1)
    if m * np.log2(len(p)) > np.log2(MOST):
        raise ValueError(f"blocks must be at most 2²⁰, got {len(p)} ^ {m}")

    blocks = np.ones(1)
    for _ in range(m if len(p) > 1 else 1):
        blocks = np.outer(blocks, p).ravel()
    return blocks

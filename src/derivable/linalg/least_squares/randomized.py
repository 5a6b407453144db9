"""A few singular directions of a large matrix, from random products.

Notation:
    A: a matrix, shape (m, n).
    k: how many singular values are wanted.
    G: standard normal numbers, shape (n, size).
    Q: orthonormal columns that nearly hold the range, shape (m, size).
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array


def range_finder(
    A: ArrayLike, size: int, *, rng: np.random.Generator, num_power: int = 0
) -> Array:
    """Orthonormal columns that hold most of what A can reach.

    Args:
        A: any matrix, shape (m, n).
        size: how many columns, in 1 to min(m, n).
        rng: source of the random columns.
        num_power: q, how often A Aᵀ is applied as well.

    Returns:
        Q, shape (m, size), with ‖A − Q Qᵀ A‖ small.

    Raises:
        TypeError: if A is not real, size or num_power no whole number,
            or rng no Generator.
        ValueError: if A is not a finite matrix, or size or num_power is
            out of range.

    Source:
        Halko, Martinsson and Tropp (2011), algorithms 4.1 and 4.4.
    """
    A, _ = precision.scaled(check.matrix(A))
    size = check.whole(size, "size", least=1, most=min(A.shape))
    num_power = check.whole(num_power, "num_power", most=LIMIT)
    G = check.generator(rng).normal(size=(A.shape[1], size))

    Q, _ = np.linalg.qr(A @ G)
    for _ in range(num_power):  # NB: factored each time, or digits are lost
        W, _ = np.linalg.qr(A.T @ Q)
        Q, _ = np.linalg.qr(A @ W)
    return Q


LIMIT = 1000  # applications of A Aᵀ; a few are enough


def randomized_svd(
    A: ArrayLike,
    k: int,
    *,
    rng: np.random.Generator,
    oversampling: int = 10,
    num_power: int = 2,
) -> tuple[Array, Array, Array]:
    """The largest k singular values and vectors, nearly.

    Args:
        A: any matrix, shape (m, n).
        k: how many, in 1 to min(m, n).
        rng: source of the random columns.
        oversampling: p, columns beyond k, as far as there are so many.
        num_power: q, how often A Aᵀ is applied as well.

    Returns:
        U, shape (m, k), s, shape (k,), and Vt, shape (k, n).

    Raises:
        TypeError: if A is not real, a count is no whole number, or rng
            no Generator.
        ValueError: if A is not a finite matrix, k, oversampling or
            num_power is out of range, or σ₁ is too large for a float64.

    Source:
        Halko, Martinsson and Tropp (2011), algorithm 5.1; eq.
        `claim:range-error` of this book.
    """
    A, e = precision.scaled(check.matrix(A))
    k = check.whole(k, "k", least=1, most=min(A.shape))
    p = check.whole(oversampling, "oversampling")

    size = min(k + p, *A.shape)
    Q = range_finder(A, size, rng=rng, num_power=num_power)
    U, s, Vt = np.linalg.svd(Q.T @ A, full_matrices=False)
    return Q @ U[:, :k], precision.unscaled(s[:k], e, "σ"), Vt[:k]

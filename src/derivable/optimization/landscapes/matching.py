"""Who gets what: the cheapest way to pair rows with columns.

Notation:
    C: cost of each pair, shape (n, n).
    u, v: prices of rows and columns, with u_i + v_j ≤ C_ij, and equality
        for the pairs that are made, shapes (n,) and (n,).
    row: the row that a column has, −1 if none, shape (n,).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._precision import scaled
from derivable._validation import Array

Indices = NDArray[np.intp]


def assignment(costs: ArrayLike) -> Indices:
    """The permutation π that minimises Σ C[i, π(i)].

    Rows enter one after the other. Each takes the cheapest chain of
    exchanges that ends at a free column, and the prices are kept such
    that no exchange can save anything: that proves the optimum.

    Args:
        costs: C, shape (n, n).

    Returns:
        The column of each row, shape (n,).

    Raises:
        TypeError: if costs are not real.
        ValueError: if they are no square matrix, or not finite.

    Source:
        Kuhn (1955); Munkres (1957), by shortest paths.
    """
    C, _ = scaled(check.square(costs, "costs"))  # NB: sums may overflow
    n = len(C)
    u, v = np.zeros(n), np.zeros(n)
    row = np.full(n, -1)

    for i in range(n):
        j, before = _cheapest_chain(C, u, v, row, i)
        while j >= 0:  # hand the columns on along the chain
            row[j] = i if before[j] < 0 else row[before[j]]
            j = before[j]
    return np.asarray(np.argsort(row))


def _cheapest_chain(
    C: Array, u: Array, v: Array, row: Indices, i: int
) -> tuple[int, Indices]:
    """A free column, and the column before each one on the way there.

    It is a shortest path: reaching a taken column means taking over its
    row. The prices u and v change in place.
    """
    n, start, last = len(C), i, -1
    distance, before = np.full(n, np.inf), np.full(n, -1)
    done = np.zeros(n, dtype=bool)
    while True:
        through = C[i] - u[i] - v
        nearer = ~done & (through < distance)
        distance[nearer], before[nearer] = through[nearer], last
        last = int(np.argmin(np.where(done, np.inf, distance)))
        step = distance[last]
        u[start] += step
        u[row[done]] += step
        v[done] -= step
        distance[~done] -= step
        if row[last] < 0:
            return last, before
        done[last] = True
        i = int(row[last])

"""Parts of a graph, by the lowest eigenvectors of its Laplacian.

Notation:
    W: symmetric weights of the edges, shape (n, n).
    L: the Laplacian, diag(W 1) − W.
    Z: places of the nodes, one a row, shape (n, k − 1).
    slack: how far rounding may move what is compared.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._precision import EPS, scaled
from derivable._validation import Array, ConvergenceError
from derivable.linalg.decompositions.graphs import laplacian

TIE = 1e-10  # eigenvalues closer than this, relative to ‖L‖, count as one
LIMIT = 1000  # rounds of k-means; it needs a few
Labels = NDArray[np.intp]


def spectral_clustering(W: ArrayLike, k: int = 2) -> Labels:
    """Split a graph into k parts with few edges between them.

    Two parts are told by the signs of the second eigenvector of the
    Laplacian; a node whose entry is 0, up to rounding, joins the first
    that is not. More parts are groups of the nodes, placed by the
    eigenvectors 2 to k, found by k-means. Where eigenvalues repeat, the
    directions that are taken do not depend on the routine.

    Args:
        W: symmetric weights without negative entries, shape (n, n).
        k: how many parts, in 1 to n.

    Returns:
        A label 0 to k − 1 for each node, shape (n,), in the order in
        which the parts appear: node 0 has label 0.

    Raises:
        ValueError: as `laplacian`, or k is out of range.

    Source:
        von Luxburg (2007), section 4; eq. `claim:cut` of this book.
    """
    L, _ = scaled(laplacian(W))
    k = check.whole(k, "k", least=1, most=len(L))
    if k == 1:
        return np.zeros(len(L), dtype=np.intp)

    Z, slack = _places(L, k - 1)
    labels = _sides(Z[:, 0], slack) if k == 2 else _k_means(Z, k, slack)
    _, first, labels = np.unique(
        labels, return_index=True, return_inverse=True
    )
    return np.asarray(np.argsort(np.argsort(first))[labels])


def _places(L: Array, m: int) -> tuple[Array, float]:
    """Entries of eigenvectors 2 to m + 1 of L, and their uncertainty."""
    n = len(L)
    lam, Q = np.linalg.eigh(L + 4 / n)  # moves 1 from 0 up to 4, above all
    apart = np.abs(lam - lam[m - 1])
    tied, below = apart <= TIE, lam < lam[m - 1] - TIE
    span = Q[:, tied]  # any basis of it; take what all bases agree on
    seeds = np.random.default_rng(0).normal(size=(n, m - np.sum(below)))
    last = np.linalg.qr(span @ (span.T @ seeds))[0]
    slack = 8 * n * EPS / np.min(apart[~tied])  # rounding over the gap
    return np.hstack([Q[:, below], last]), min(float(slack), 0.1 / n)


def _sides(v: Array, slack: float) -> Labels:
    """1 where v has the other sign than the first entry that has one."""
    first = v[np.argmax(np.abs(v) > slack)]
    return np.asarray(v * np.sign(first) < -slack, dtype=np.intp)


def _k_means(Z: Array, k: int, slack: float) -> Labels:
    """Each place with the nearest of k centres, each centre their mean."""
    centres = Z[:1]
    for _ in range(k - 1):  # start far apart
        far = -_gaps(Z, centres).min(axis=1)
        centres = np.vstack([centres, Z[_least(far, slack)]])

    labels = np.full(len(Z), -1)
    for _ in range(LIMIT):
        gaps = _gaps(Z, centres)
        labels, before = _least(gaps, slack), labels
        if np.array_equal(labels, before):
            return labels
        outer = Z[_least(-gaps.min(axis=1), slack)]
        centres = _means(Z, labels, [outer] * k)
    raise ConvergenceError(f"the groups still change after {LIMIT} rounds")


def _means(Z: Array, labels: Labels, empty: list[Array]) -> Array:
    """The mean of each group; of an empty one, what stands for it."""
    groups = [Z[labels == c] for c in range(len(empty))]
    return np.array(
        [
            group.mean(axis=0) if len(group) else instead
            for group, instead in zip(groups, empty, strict=True)
        ]
    )


def _gaps(Z: Array, centres: Array) -> Array:
    """Squared distances, one row a place, one column a centre."""
    return np.asarray(np.sum((Z[:, None] - centres) ** 2, axis=2))


def _least(values: Array, slack: float) -> Labels:
    """Along the last axis, where the first of the least values is."""
    least = values.min(axis=-1, keepdims=True)
    return np.asarray(np.argmax(values <= least + 8 * slack, axis=-1))

"""Matrices of graphs, and which of their nodes matters.

Notation:
    links: links[i, j] > 0 if page i links to page j, shape (n, n).
    G: column-stochastic matrix of the surfer, shape (n, n).
    d: the damping, the chance of following a link.
    W: symmetric weights of the edges, shape (n, n).
    L: the Laplacian, diag(W 1) − W.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import scaled, unscaled
from derivable._validation import Array, ConvergenceError


def google_matrix(links: ArrayLike, *, damping: float = 0.85) -> Array:
    """Chances of a surfer who follows links, or else jumps anywhere.

    Args:
        links: weights, links[i, j] > 0 if page i links to page j,
            shape (n, n); a page without links jumps.
        damping: chance of following a link, in [0, 1).

    Returns:
        G with G[j, i] the chance of moving from i to j, shape (n, n);
        every column sums to 1.

    Raises:
        ValueError: if links is not square or has a negative entry, or
            damping is not in [0, 1).

    Source:
        Page, Brin et al. (1999); eq. `def:google` of this book.
    """
    links = _weights(links, "links")
    d = check.fraction(damping, "damping")

    n = len(links)
    most = links.max(axis=1, keepdims=True)
    dangling = most == 0
    shares = np.where(dangling, 1.0, links / np.where(dangling, 1.0, most))
    S = (shares / shares.sum(axis=1, keepdims=True)).T
    return np.asarray(d * S + (1 - d) / n)


def pagerank(
    links: ArrayLike,
    *,
    damping: float = 0.85,
    num_steps: int = 1000,
    tol: float = 1e-12,
) -> Array:
    """Share of its time that a surfer spends on each page.

    Args:
        links: as for `google_matrix`, shape (n, n).
        damping: chance of following a link, in [0, 1).
        num_steps: how many steps of the surfer are allowed.
        tol: stop when a step changes the shares by at most this, in ℓ1.

    Returns:
        Shares r = G r, positive, of sum 1, shape (n,).

    Raises:
        ValueError: as `google_matrix`, or tol is not positive.
        ConvergenceError: if num_steps do not suffice.

    Source:
        eq. `claim:pagerank-rate` of this book.
    """
    G = google_matrix(links, damping=damping)
    check.whole(num_steps, "num_steps", least=1)
    tol = check.positive(tol, "tol")

    r = np.full(len(G), 1 / len(G))
    for _ in range(num_steps):
        r, before = np.asarray(G @ r), r
        r /= r.sum()  # keeps rounding from adding up
        change = float(np.sum(np.abs(r - before)))
        if change <= tol:
            return r
    raise ConvergenceError(
        f"the ranks still move after {num_steps} steps, by {change:.2g}"
    )


def laplacian(W: ArrayLike) -> Array:
    """Laplacian of a graph: degrees on the diagonal, minus the weights.

    Args:
        W: symmetric weights without negative entries, shape (n, n);
            the diagonal does not matter.

    Returns:
        diag(W 1) − W, shape (n, n); its rows sum to 0.

    Raises:
        ValueError: if W is not symmetric, has a negative entry, or a
            degree is too large for a float64.

    Source:
        eq. `def:laplacian` of this book.
    """
    W = _weights(W, "W")
    np.fill_diagonal(W, 0)  # rounding would let a loop drown the rest
    W, e = scaled(check.symmetric(W, "W"))
    return unscaled(np.diag(W.sum(axis=1)) - W, e, "the Laplacian")


def _weights(W: ArrayLike, name: str) -> Array:
    """A finite array of shape (n, n) without negative entries."""
    values = check.square(W, name)
    if np.min(values) < 0:
        raise ValueError(f"{name} must not be negative, got {np.min(values)}")
    return values

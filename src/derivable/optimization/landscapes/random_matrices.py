"""Symmetric matrices with Gaussian entries, and the signs they have.

Notation:
    G: independent standard normal entries, shape (n, n).
    A: in `random_symmetric` the matrix (G + Gᵀ)/√2; in
        `positive_probability` the antisymmetric matrix of moments.
    w: the weight e^(−x²/2).
"""

import math

import numpy as np

from derivable import _validation as check
from derivable._validation import Array


def random_symmetric(
    n: int, *, rng: np.random.Generator, size: int = 1
) -> Array:
    """Matrices of the Gaussian orthogonal ensemble, (G + Gᵀ)/√2.

    Entries beside the diagonal have variance 1, entries on it 2. With
    these variances Qᵀ A Q has the same distribution for every rotation.

    Args:
        n: order of the matrices, at least 1.
        rng: source of randomness.
        size: how many, at least 1.

    Returns:
        The matrices, shape (size, n, n).

    Raises:
        ValueError: if n or size is below 1.
    """
    n, size = check.whole(n, "n", least=1), check.whole(size, "size", least=1)
    check.generator(rng)

    G = rng.normal(size=(size, n, n))
    return np.asarray((G + np.swapaxes(G, 1, 2)) / np.sqrt(2))


def index_counts(
    n: int,
    *,
    rng: np.random.Generator,
    num_samples: int = 1000,
) -> Array:
    """How many of the random matrices have k negative eigenvalues.

    Args:
        n: order of the matrices, at least 1.
        rng: source of randomness.
        num_samples: how many matrices, at least 1.

    Returns:
        The counts for k = 0, …, n, shape (n + 1,); entry 0 counts the
        matrices whose eigenvalues are all positive.

    Raises:
        ValueError: if n or num_samples is below 1.
    """
    check.whole(num_samples, "num_samples", least=1)
    lam = np.linalg.eigvalsh(random_symmetric(n, rng=rng, size=num_samples))
    counts = np.bincount((lam < 0).sum(axis=1), minlength=n + 1)
    return counts.astype(float)


def positive_probability(n: int) -> float:
    """The chance that all eigenvalues of `random_symmetric` are positive.

    The eigenvalues have the joint density ∏|xᵢ − xⱼ| ∏ w(xᵢ), up to
    scale. Its integral over positive x is n! times a Pfaffian of
    moments, the root of their determinant; over all x it is known.

    Args:
        n: order of the matrix, from 1 to 12; beyond, rounding rules.

    Returns:
        The probability, exact up to rounding.

    Raises:
        TypeError: if n is no whole number.
        ValueError: if n does not lie in 1, …, 12.

    Source:
        de Bruijn (1955); Mehta (2004), chapters 3 and 17.
    """
    n = check.whole(n, "n", least=1, most=12)

    A = _moments(n)
    half_line = math.factorial(n) * math.sqrt(abs(np.linalg.det(A)))
    line = float(2 * math.pi) ** (n / 2)
    for j in range(1, n + 1):
        line *= math.gamma(1 + j / 2) / math.gamma(1.5)
    return float(half_line / line)


def _moments(n: int) -> Array:
    """∫∫ sign(y − x) xʲ yᵏ w(x) w(y) over x, y > 0, bordered if n is odd.

    In polar coordinates x = r cos θ, y = r sin θ the integral is one
    over r, a gamma function, times one over θ.
    """
    nodes, weights = np.polynomial.legendre.leggauss(40)
    theta = np.pi / 8 * (nodes + 1)  # from 0 to π/4
    below = np.cos(theta) ** np.arange(n)[:, None]
    above = np.sin(theta) ** np.arange(n)[:, None]
    S = np.pi / 8 * (below * weights) @ above.T
    m = np.add.outer(np.arange(n), np.arange(n))
    gamma = np.vectorize(math.gamma)
    A = (S.T - S) * 2.0 ** (m / 2) * gamma(m / 2 + 1)
    if n % 2:
        j = np.arange(n)
        a = 2.0 ** ((j - 1) / 2) * gamma((j + 1) / 2)
        A = np.block([[A, a[:, None]], [-a[None, :], np.zeros((1, 1))]])
    return np.asarray(A)

"""The discrete Fourier transform: as a matrix, and by halving.

Notation:
    n: number of samples.
    x: samples, shape (n,).
    F: rows are waves of 0, …, n − 1 turns, shape (n, n).
    c: coefficients F x, n times the coordinates of x, shape (n,).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check

Complex = NDArray[np.complex128]


def dft_matrix(n: int) -> Complex:
    """The matrix of the discrete Fourier transform.

    Args:
        n: number of samples.

    Returns:
        F with the entries e^(−2πijk/n), shape (n, n).

    Raises:
        TypeError: if n is not a whole number.
        ValueError: if n is below 1.

    Source:
        eq. `def:dft` of this book.
    """
    k = np.arange(check.whole(n, "n", least=1), dtype=np.int64)
    steps = np.outer(k, k) % n  # NB: a whole turn changes nothing
    F: Complex = np.exp(-2j * np.pi * steps / n)
    return F


def dft(x: ArrayLike) -> Complex:
    """How much of each wave with whole turns is in a signal.

    Args:
        x: samples, real or complex, shape (n,).

    Returns:
        c = F x, shape (n,); cₖ belongs to k turns in n samples, and is
        n times the coordinate of x in the basis of these waves.

    Raises:
        TypeError: if x is not numeric.
        ValueError: if x is not a vector, is empty or not finite, or a
            coefficient is too large for a float.

    Source:
        eq. `def:dft` of this book.
    """
    x = check.complex_vector(x)
    with np.errstate(over="ignore", invalid="ignore"):
        c = dft_matrix(len(x)) @ x
    return check.complex_vector(c, "the coefficients")


def idft(c: ArrayLike) -> Complex:
    """The signal that has these coefficients.

    Args:
        c: coefficients, real or complex, shape (n,).

    Returns:
        The sum of cₖ e^(2πijk/n) / n over k, for j = 0, …, n − 1,
        shape (n,).

    Raises:
        TypeError: if c is not numeric.
        ValueError: if c is not a vector, is empty or not finite, or a
            sample is too large for a float.

    Source:
        eq. `claim:idft` of this book.
    """
    c = check.complex_vector(c, "c")
    n = len(c)
    with np.errstate(over="ignore", invalid="ignore"):
        x = dft_matrix(n).conj() @ (c / n)
    return check.complex_vector(x, "the samples")


def fft(x: ArrayLike) -> Complex:
    """The discrete Fourier transform, by halving.

    Args:
        x: samples, real or complex, shape (n,), n a power of two.

    Returns:
        The same coefficients as `dft`, shape (n,).

    Raises:
        TypeError: if x is not numeric.
        ValueError: if n is not a power of two, and as `dft`.

    Source:
        Cooley and Tukey (1965); eq. `claim:halving` of this book.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        c, _ = halved(_power_of_two(x))
    return check.complex_vector(c, "the coefficients")


def fft_products(x: ArrayLike) -> int:
    """How many products of two numbers `fft` makes, counted in a run.

    Args:
        x: samples, real or complex, shape (n,), n a power of two.

    Returns:
        The count.

    Raises:
        TypeError: if x is not numeric.
        ValueError: as `fft`.

    Source:
        eq. `claim:fft-cost` of this book.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        _, products = halved(_power_of_two(x))
    return products


def halved(x: Complex) -> tuple[Complex, int]:
    """Coefficients of x from those of its halves; the products made."""
    n = len(x)
    if n == 1:
        return x, 0
    (even, p), (odd, q) = halved(x[::2]), halved(x[1::2])
    turned = np.exp(-2j * np.pi * np.arange(n // 2) / n) * odd
    c = np.concatenate([even + turned, even - turned])
    return c, p + q + len(turned)


def _power_of_two(x: ArrayLike) -> Complex:
    """Samples that can be halved down to one."""
    x = check.complex_vector(x)
    n = len(x)
    if n & (n - 1):
        raise ValueError(f"x must have a power of two entries, got {n}")
    return x

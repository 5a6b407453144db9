"""What a finished run can say of itself.

Notation:
    x: draws of one number by m chains, shape (n, m).
    rho: autocorrelation at lag t = 0, 1, …
    W, B: variance within chains, n times the variance of their means.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability.sampling import _checks


def autocorrelation(draws: ArrayLike, num_lags: int) -> Array:
    """Correlation of a chain with itself, t steps later.

    Args:
        draws: of one chain, shape (n,).
        num_lags: how many lags after 0, less than n.

    Returns:
        ρ at the lags 0 to num_lags, shape (num_lags + 1,).

    Raises:
        TypeError: if draws is not real, or num_lags not whole.
        ValueError: if draws is no vector, does not move, or num_lags
            does not lie in 0 to n − 1.

    Source:
        Geyer (1992); eq. `def:autocorrelation` of this book.
    """
    x = _checks.chains(check.vector(draws, "draws"), 2)
    lags = check.whole(num_lags, "num_lags", most=len(x) - 1)

    c = _autocovariance(x)[: lags + 1, 0]
    return np.asarray(c / c[0])  # eq. def:autocorrelation


def effective_sample_size(draws: ArrayLike) -> float:
    """How many independent draws have as small an error of the mean.

    Chains are cut in halves, as for `r_hat`. Sums of autocorrelations
    at two neighbouring lags are added until one is negative, and made
    to fall.

    Args:
        draws: of one number, one chain a column, shape (n, m) or (n,),
            n ≥ 8.

    Returns:
        n m / τ, at most n m log₁₀(n m).

    Raises:
        TypeError: if draws is not real.
        ValueError: if n < 8 or a chain does not move.

    Source:
        Vehtari et al. (2021), without their ranks; Geyer (1992).
    """
    x = _halves(_checks.chains(draws, 8))
    n, m = x.shape
    W, total = _variances(x)

    c = _autocovariance(x) * n / (n - 1)
    rho = 1 - (W - np.mean(c, axis=1)) / total
    rho[0] = 1
    pairs = rho[: n - n % 2].reshape(-1, 2).sum(axis=1)
    end = int(np.argmax(pairs < 0)) if np.any(pairs < 0) else len(pairs)
    tau = 2 * np.sum(np.minimum.accumulate(pairs[:end])) - 1
    return float(n * m / max(tau, 1 / np.log10(n * m)))


def r_hat(draws: ArrayLike, *, ranked: bool = False) -> float:
    """Do the chains, and the halves of each, agree with one another?

    Args:
        draws: of one number, one chain a column, shape (n, m) or (n,),
            n ≥ 4.
        ranked: compare normal scores of ranks, and of the ranks of the
            distances from the median, and return the larger.

    Returns:
        Split-R̂: near 1 if they agree and are much longer than their
        autocorrelation time.

    Raises:
        TypeError: if draws is not real, or ranked is no bool.
        ValueError: if n < 4, a chain does not move, or none moves
            within its halves.

    Source:
        Vehtari et al. (2021); eq. `def:r-hat` of this book.
    """
    x = _checks.chains(draws, 4)
    if not check.flag(ranked, "ranked"):
        return _ratio(_halves(x))
    x = _halves(x)
    return max(_ratio(_scores(x)), _ratio(_scores(_folded(x))))


def _ratio(x: Array) -> float:
    W, total = _variances(x)
    return float(np.sqrt(total / W))  # eq. def:r-hat


def _halves(x: Array) -> Array:
    """First and last halves side by side, shape (n // 2, 2 m)."""
    half = len(x) // 2
    return np.concatenate([x[:half], x[-half:]], axis=1)


def _variances(x: Array) -> tuple[float, float]:
    """Mean variance within chains, and the estimate from all of them."""
    n = len(x)
    W = float(np.mean(np.var(x, axis=0, ddof=1)))
    if _checks.constant(x).all():  # W is rounded, and may miss 0
        raise ValueError(
            "the halves of a chain must move, got constants "
            f"{np.unique(x[0]).tolist()}, scaled"
        )
    return W, (n - 1) / n * W + float(np.var(np.mean(x, axis=0), ddof=1))


def _autocovariance(x: Array) -> Array:
    """Mean product at each lag, divided by n, shape (n, m)."""
    n = len(x)
    waves = np.fft.rfft(x - np.mean(x, axis=0), 2 * n, axis=0)
    c: Array = np.fft.irfft(np.abs(waves) ** 2, 2 * n, axis=0)[:n]
    return c / n


def _folded(x: Array) -> Array:
    """Distances from the median; its two neighbours are equally far."""
    low, high = np.sort(x, axis=None)[[x.size // 2 - 1, x.size // 2]]
    far = np.abs(x - (low + high) / 2)
    middle = (x == low) | (x == high)
    return np.asarray(np.where(middle, (high - low) / 2, far))


def _scores(x: Array) -> Array:
    """Normal quantiles of the ranks of all draws together."""
    from scipy.special import ndtri
    from scipy.stats import rankdata

    ranks = rankdata(x).reshape(x.shape)
    return np.asarray(ndtri((ranks - 3 / 8) / (x.size + 1 / 4)))

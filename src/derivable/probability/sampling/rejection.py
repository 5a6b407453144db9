"""Rejection sampling: throw under the proposal's curve, keep what hits.

Notation:
    p, q: target and proposal densities; M: a bound with p ≤ M q.
    u: uniform on [0, 1), shape (n,).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS
from derivable._validation import Array, ConvergenceError
from derivable.probability.sampling import _checks
from derivable.probability.sampling._checks import Density
from derivable.probability.sampling.records import Rejection

Propose = Callable[[int, np.random.Generator], ArrayLike]


def rejection_sampling(  # noqa: PLR0913
    log_target: Density,
    log_proposal: Density,
    propose: Propose,
    *,
    log_bound: float,
    num_samples: int,
    rng: np.random.Generator,
    max_draws: int = 1_000_000,
) -> Rejection:
    """Independent draws of p, made of draws of q with p ≤ M q.

    Args:
        log_target: ln p of n points, up to a constant, shape (n,).
        log_proposal: ln q of n points, shape (n,).
        propose: (n, rng) ↦ n draws of q, shape (n,) or (n, d).
        log_bound: ln M.
        num_samples: how many draws to return.
        rng: the source of randomness.
        max_draws: give up after so many proposals.

    Returns:
        The draws and the share of proposals that were kept.

    Raises:
        TypeError: if an argument is not of its kind.
        ValueError: if p > M q at a draw, q is zero at one of its own,
            or a shape is wrong.
        ConvergenceError: if max_draws were not enough.

    Source:
        von Neumann (1951); eq. `claim:rejection` of this book.
    """
    for name, f in (
        ("log_target", log_target),
        ("log_proposal", log_proposal),
    ):
        check.function(f, name)
    check.function(propose, "propose")
    log_M = check.number(log_bound, "log_bound")
    n = check.whole(num_samples, "num_samples", least=1)
    limit = check.whole(max_draws, "max_draws", least=1)
    rng = check.generator(rng)

    kept: list[Array] = []
    tried = hits = 0
    while hits < n:
        if tried >= limit:
            raise ConvergenceError(
                f"only {hits} of {n} samples after {tried} proposals"
            )
        size = min(max(n, 100), limit - tried)
        x = _proposed(propose, size, rng)
        ratio = _log_ratio(log_target, log_proposal, x, log_M)
        x = x[np.log1p(-rng.random(size)) < ratio]
        tried, hits = tried + size, hits + len(x)
        kept.append(x)
    return Rejection(np.concatenate(kept)[:n], hits / tried)


def _proposed(propose: Propose, n: int, rng: np.random.Generator) -> Array:
    x = check.real(propose(n, rng), "a proposal")
    if x.ndim not in (1, 2) or len(x) != n:
        raise ValueError(
            f"propose must return {n} points, got shape {x.shape}"
        )
    return x


def _log_ratio(p: Density, q: Density, x: Array, log_M: float) -> Array:
    """Value of ln p − ln q − ln M of each draw, at most 0 but for rounding."""
    log_p = _checks.log_density(p, x, "log_target")
    log_q = _checks.log_density(q, x, "log_proposal")
    if not np.isfinite(log_q).all():
        i = int(np.argmin(np.isfinite(log_q)))
        raise ValueError(f"q must not be zero at its draws, got x = {x[i]}")
    with np.errstate(over="ignore"):
        gap = log_p - log_q - log_M
    size = np.abs(log_q) + abs(log_M) + 1
    above = gap > 8 * EPS * (size + np.where(gap > 0, np.abs(log_p), 0))
    if above.any():
        i = int(np.argmax(above))
        raise ValueError(
            f"log_bound must be at least ln p - ln q everywhere, got "
            f"{log_M:.6g} and {gap[i] + log_M:.6g} at x = {x[i]}"
        )
    return gap

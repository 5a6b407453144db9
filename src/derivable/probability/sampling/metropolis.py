"""Metropolis–Hastings and Gibbs: chains that are drawn to a density.

Notation:
    x: positions of m chains, shape (m, d); y: proposals.
    log_p: ln p at x, up to a constant, shape (m,).
    log_alpha: ln of the acceptance probability, shape (m,).
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability.sampling import _checks
from derivable.probability.sampling._checks import Density
from derivable.probability.sampling.proposals import Proposal
from derivable.probability.sampling.records import Chains

Conditional = Callable[[Array, np.random.Generator], ArrayLike]


def metropolis_hastings(
    log_density: Density,
    x0: ArrayLike,
    proposal: Proposal,
    *,
    num_steps: int,
    rng: np.random.Generator,
) -> Chains:
    """Chains whose stationary density is p, known up to a constant.

    Args:
        log_density: ln p of the rows of x, up to a constant: (m, d) ↦
            (m,); −∞ where p is zero.
        x0: the start of each chain, shape (m, d).
        proposal: where to go next, such as `random_walk(step)`.
        num_steps: how many steps, T ≥ 1.
        rng: the source of randomness.

    Returns:
        All positions, their log-densities and the acceptance.

    Raises:
        TypeError: if an argument is not of its kind.
        ValueError: if p is zero at a start, ln p is NaN or +∞, or a
            proposal has another shape or is not finite.

    Source:
        Hastings (1970); eq. `def:acceptance` of this book.
    """
    x, log_p = _checks.start(log_density, x0)
    proposal = check.instance(proposal, Proposal, "proposal")
    T = check.whole(num_steps, "num_steps", least=1)
    rng = check.generator(rng)

    path, logs, accepted = [x], [log_p], np.zeros(len(x))
    for _ in range(T):
        y = _proposed(proposal, x, rng)
        log_p_y = _checks.log_density(log_density, y)
        log_alpha = log_p_y - log_p + _log_ratio(proposal, x, y)
        taken = np.log1p(-rng.random(len(x))) < log_alpha
        x = np.where(taken[:, None], y, x)
        log_p = np.where(taken, log_p_y, log_p)
        path.append(x)
        logs.append(log_p)
        accepted += taken
    return Chains(np.array(path), np.array(logs), accepted / T)


def gibbs(
    conditionals: Sequence[Conditional],
    x0: ArrayLike,
    *,
    num_sweeps: int,
    rng: np.random.Generator,
) -> Array:
    """Chains that draw one coordinate after the other, given the rest.

    Args:
        conditionals: for each coordinate j a function (x, rng) ↦ draws
            of x[:, j] given the other columns, (m, d) ↦ (m,).
        x0: the start of each chain, shape (m, d).
        num_sweeps: how often all coordinates are drawn, T ≥ 1.
        rng: the source of randomness.

    Returns:
        All positions, the start first, shape (T + 1, m, d).

    Raises:
        TypeError: if an argument is not of its kind.
        ValueError: if there are not d conditionals, or one returns
            another shape or what is not finite.

    Source:
        Geman and Geman (1984).
    """
    x = check.matrix(x0, "x0")
    drawn = check.sequence(conditionals, "conditionals")
    if len(drawn) != x.shape[1]:
        raise ValueError(
            f"conditionals must be {x.shape[1]}, one a coordinate, "
            f"got {len(drawn)}"
        )
    for j, f in enumerate(drawn):
        check.function(f, f"conditionals[{j}]")
    T = check.whole(num_sweeps, "num_sweeps", least=1)
    rng = check.generator(rng)

    path = [x.copy()]
    for _ in range(T):
        for j, f in enumerate(drawn):
            new = check.of_shape(f(x.copy(), rng), x.shape[:1], "a draw")
            x[:, j] = check.real(new, "a draw")
        path.append(x.copy())
    return np.array(path)


def _proposed(proposal: Proposal, x: Array, rng: np.random.Generator) -> Array:
    y = check.real(proposal.draw(x.copy(), rng), "a proposal")
    return check.of_shape(y, x.shape, "a proposal")


def _log_ratio(proposal: Proposal, x: Array, y: Array) -> Array:
    """Value of ln q(x | y) − ln q(y | x): −∞ where there is no way back."""
    if proposal.log_ratio is None:
        return np.zeros(len(x))
    ratio = proposal.log_ratio(x.copy(), y.copy())
    return _checks.log_values(ratio, x.shape[:1], "log_ratio(x, y)")

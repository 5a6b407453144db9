"""Markov chains with finitely many states.

Notation:
    P: transition probabilities, P[i, j] from i to j, shape (k, k).
    p: a distribution over the states, shape (k,).
    Q: proposals, like P.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability._checks import distribution


def stationary_distribution(P: ArrayLike) -> Array:
    """The distribution that a step leaves as it is: p = Pᵀ p.

    States are removed one by one, the last first, and their paths are
    given to the others. No numbers are subtracted.

    Args:
        P: transition probabilities, each row sums to 1, shape (k, k).

    Returns:
        p, shape (k,).

    Raises:
        TypeError: if P is not real.
        ValueError: if P is not square, a row is no distribution, or
            more than one set of states is never left, so that p is not
            unique.

    Source:
        Grassmann, Taksar and Heyman (1985).
    """
    P = _transitions(P, "P")
    closed = _closed(P)
    A = P[np.ix_(closed, closed)]
    for n in range(len(A) - 1, 0, -1):
        A[:n, n] /= np.sum(A[n, :n])
        A[:n, :n] += np.outer(A[:n, n], A[n, :n])
    x = np.ones(len(A))
    for n in range(1, len(A)):
        x[n] = x[:n] @ A[:n, n]
    p = np.zeros(len(P))
    p[closed] = check.real(x, "the distribution") / np.sum(x)
    return p


def is_ergodic(P: ArrayLike) -> bool:
    """Whether the chain forgets its start: irreducible and aperiodic.

    That is so if some power of P has no zero; the power (k − 1)² + 1 is
    high enough.

    Args:
        P: transition probabilities, each row sums to 1, shape (k, k).

    Returns:
        True if every state is reached from every other, at all times
        that are late enough.

    Raises:
        TypeError: if P is not real.
        ValueError: if P is not square or a row is no distribution.

    Source:
        Levin and Peres (2017), section 1.3.
    """
    steps = _transitions(P, "P") > 0
    power, k = 1, len(steps)
    while power < (k - 1) ** 2 + 1:
        steps, power = _follow(steps, steps), 2 * power
    return bool(steps.all())


def metropolis_matrix(log_target: ArrayLike, Q: ArrayLike) -> Array:
    """Transition probabilities of Metropolis–Hastings on k states.

    Args:
        log_target: ln p of each state, up to a constant, shape (k,).
        Q: proposals, each row sums to 1, shape (k, k).

    Returns:
        P with Pᵀ p = p: what is proposed and taken, and on the diagonal
        what is left, shape (k, k).

    Raises:
        TypeError: if an argument is not real.
        ValueError: if log_target is not finite, or Q is not square, of
            another size, or a row is no distribution.

    Source:
        Hastings (1970); eq. `def:acceptance` of this book.
    """
    Q = _transitions(Q, "Q")
    log_p = check.of_shape(
        check.real(log_target, "log_target"), Q.shape[:1], "log_target"
    )

    gain = 2 * np.minimum(log_p / 2 - log_p[:, None] / 2, 350)
    P: Array = np.minimum(Q, Q.T * np.exp(gain))  # eq. def:acceptance
    np.fill_diagonal(P, 0)
    np.fill_diagonal(P, np.maximum(1 - np.sum(P, axis=1), 0))
    return P


def _transitions(P: ArrayLike, name: str) -> Array:
    P = check.square(P, name)
    return np.array(
        [distribution(row, f"{name}[{i}]") for i, row in enumerate(P)]
    )


def _follow(A: NDArray[np.bool], B: NDArray[np.bool]) -> NDArray[np.bool]:
    """Where paths of A, then B, lead."""
    found: NDArray[np.bool] = (A.astype(float) @ B.astype(float)) > 0
    return found


def _closed(P: Array) -> NDArray[np.intp]:
    """The states of the one set that is never left."""
    reach = (P > 0) | np.eye(len(P), dtype=bool)
    for _ in range(len(P).bit_length()):
        reach = _follow(reach, reach)
    recurrent = np.flatnonzero((~reach | reach.T).all(axis=1))
    first = reach[recurrent[0]]
    if not first[recurrent].all():
        apart = recurrent[~first[recurrent]][0]
        raise ValueError(
            "only one set of states must be closed, got one with state "
            f"{recurrent[0]} and another with state {apart}"
        )
    return recurrent

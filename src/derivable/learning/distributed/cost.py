"""What messages cost, and how much faster many workers can be.

Notation:
    K: number of workers.
    s: share of the work that only one worker can do.
    a, b: latency of a message, time for each number of it.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array

ALGORITHMS = ("ring", "tree", "server")


def all_reduce_time(
    p: int,
    num_workers: int,
    *,
    algorithm: str = "ring",
    latency: float,
    per_number: float,
) -> float:
    """Time of an all-reduce, by its number of rounds and their messages.

    Args:
        p: length of the vectors.
        num_workers: K.
        algorithm: "ring", "tree" or "server".
        latency: a, what a message of any size takes.
        per_number: b, what each number adds.

    Returns:
        Rounds · (a + b m), where m is p, for a ring ⌈p/K⌉.

    Raises:
        TypeError: if p or num_workers is not whole.
        ValueError: if one of them is below 1, latency or per_number is
            negative, or the algorithm is unknown.

    Source:
        eq. `claim:ring-time`, `claim:tree-time` of this book.
    """
    p = check.whole(p, "p", least=1)
    K = check.whole(num_workers, "num_workers", least=1)
    check.choice(algorithm, ALGORITHMS, "algorithm")
    a = check.not_negative(latency, "latency")
    b = check.not_negative(per_number, "per_number")

    m = -(-p // K) if algorithm == "ring" else p
    rounds = 2 * ((K - 1).bit_length() if algorithm == "tree" else K - 1)
    return _finite(rounds * (a + b * m), "latency and per_number", (a, b))


def amdahl(serial: ArrayLike, num_workers: ArrayLike) -> Array:
    """Speed-up of a fixed amount of work on K workers.

    Args:
        serial: s, share of the time of one worker that stays serial, in
            [0, 1], any shape.
        num_workers: K, at least 1, a shape that goes with it.

    Returns:
        1 / (s + (1 − s)/K), of the common shape.

    Raises:
        TypeError: if serial or num_workers is not real.
        ValueError: if one of them is out of range.

    Source:
        Amdahl (1967); eq. `claim:amdahl` of this book.
    """
    s, K = _share(serial), _workers(num_workers)
    s, K = _together(s, K)

    return np.asarray(1 / (s + (1 - s) / K))


def gustafson(serial: ArrayLike, num_workers: ArrayLike) -> Array:
    """Speed-up where the work grows with the workers.

    Args:
        serial: s, share of the time of the *parallel* run that is
            serial, in [0, 1], any shape.
        num_workers: K, at least 1, a shape that goes with it.

    Returns:
        s + (1 − s) K, of the common shape.

    Raises:
        TypeError: as `amdahl`.
        ValueError: as `amdahl`.

    Source:
        Gustafson (1988); eq. `claim:gustafson` of this book.
    """
    s, K = _share(serial), _workers(num_workers)
    s, K = _together(s, K)

    return np.asarray(s + (1 - s) * K)


def parallel_time(
    num_workers: ArrayLike,
    *,
    serial: float = 0.0,
    latency: float = 0.0,
    transfer: float = 0.0,
) -> Array:
    """Time of a step on K workers with a ring, in steps of one worker.

    Args:
        num_workers: K, at least 1, any shape.
        serial: s, share of one worker's step that stays serial.
        latency: a, time of an empty message.
        transfer: b, time to send the whole gradient once.

    Returns:
        s + (1 − s)/K + 2 (K − 1)(a + b/K), shape of num_workers.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if an argument is out of range, or the time is not
            finite.

    Source:
        eq. `def:step-time` of this book.
    """
    K, s = _workers(num_workers), _share(check.number(serial, "serial"))
    a = check.not_negative(latency, "latency")
    b = check.not_negative(transfer, "transfer")

    with np.errstate(over="ignore"):
        time = s + (1 - s) / K + 2 * (K - 1) * (a + b / K)
    if not np.isfinite(time).all():
        raise ValueError(
            "num_workers, latency and transfer must give a finite time, "
            f"got {K}, {a} and {b}"
        )
    return np.asarray(time)


def _finite(time: float, names: str, values: tuple[float, ...]) -> float:
    if not np.isfinite(time):
        raise ValueError(f"{names} must give a finite time, got {values}")
    return float(time)


def _share(serial: ArrayLike) -> Array:
    s = check.real(serial, "serial")
    if (s < 0).any() or (s > 1).any():
        wrong = s[(s < 0) | (s > 1)][0]
        raise ValueError(f"serial must lie in [0, 1], got {wrong}")
    return s


def _workers(num_workers: ArrayLike) -> Array:
    K = check.real(num_workers, "num_workers")
    if (K < 1).any():
        raise ValueError(f"num_workers must be at least 1, got {K.min()}")
    return K


def _together(s: Array, K: Array) -> tuple[Array, Array]:
    try:
        s, K = np.broadcast_arrays(s, K)
    except ValueError:
        raise ValueError(
            "serial and num_workers must have shapes that go together, "
            f"got {s.shape} and {K.shape}"
        ) from None
    return s, K

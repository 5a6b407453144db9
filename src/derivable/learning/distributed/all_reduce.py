"""All-reduce: every worker ends with the sum, and every message is counted.

Notation:
    K, p: number of workers, length of each vector.
    V: the vectors, one worker a row, shape (K, p).
    t: round; what is sent in one round travels at the same time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array


class Message(NamedTuple):
    """What one worker sends to another in one round.

    Attributes:
        round: from 0.
        source: the worker that sends.
        target: the worker that receives.
        size: how many numbers.
    """

    round: int
    source: int
    target: int
    size: int


@dataclass(frozen=True)
class AllReduce:
    """What an all-reduce gave.

    Attributes:
        result: what each worker holds at the end, shape (K, p).
        messages: all that was sent, in order.
    """

    result: Array
    messages: list[Message]


class Network:
    """The vectors of all workers, and what they sent each other."""

    def __init__(self, vectors: ArrayLike) -> None:
        self.V = check.matrix(vectors, "vectors")
        self.sent: list[Message] = []

    def send(
        self, t: int, parts: list[tuple[int, int, slice]], *, add: bool
    ) -> None:
        """Send parts (source, target, entries) in one round."""
        values = [self.V[k, part].copy() for k, _, part in parts]
        with np.errstate(over="ignore", invalid="ignore"):
            for (k, j, part), x in zip(parts, values, strict=True):
                self.V[j, part] = self.V[j, part] + x if add else x
                self.sent.append(Message(t, k, j, len(x)))

    def end(self) -> AllReduce:
        """The result, if it is finite."""
        if not np.isfinite(self.V).all():
            raise ValueError("vectors must have a finite sum, got infinity")
        return AllReduce(self.V, self.sent)


def ring_all_reduce(vectors: ArrayLike) -> AllReduce:
    """Sum over workers, each of which sends to its neighbour only.

    Args:
        vectors: one worker a row, shape (K, p).

    Returns:
        The sum, once for each worker, and the messages.

    Raises:
        TypeError: if the vectors are not real.
        ValueError: if they are no matrix, or entries or their sums are
            not finite.

    Source:
        Patarasuk and Yuan (2009), section 4; eq. `claim:ring-volume` of
        this book.
    """
    net = Network(vectors)
    K, p = net.V.shape
    ends = [k * p // K for k in range(K + 1)]
    chunks = [slice(*ends[k : k + 2]) for k in range(K)]

    for t in range(2 * (K - 1)):
        parts = [(k, (k + 1) % K, chunks[(k - t) % K]) for k in range(K)]
        net.send(t, parts, add=t < K - 1)
    return net.end()


def server_all_reduce(vectors: ArrayLike) -> AllReduce:
    """Sum at worker 0, which takes and gives one message at a time.

    Args:
        vectors: one worker a row, shape (K, p).

    Returns:
        The sum, once for each worker, and the messages.

    Raises:
        TypeError: as `ring_all_reduce`.
        ValueError: as `ring_all_reduce`.
    """
    net = Network(vectors)
    K = len(net.V)
    whole = slice(None)

    for k in range(1, K):
        net.send(k - 1, [(k, 0, whole)], add=True)
    for k in range(1, K):
        net.send(K - 2 + k, [(0, k, whole)], add=False)
    return net.end()


def tree_all_reduce(vectors: ArrayLike) -> AllReduce:
    """Sum in pairs, then in pairs of pairs, and hand the sum back down.

    Args:
        vectors: one worker a row, shape (K, p).

    Returns:
        The sum, once for each worker, and the messages.

    Raises:
        TypeError: as `ring_all_reduce`.
        ValueError: as `ring_all_reduce`.
    """
    net = Network(vectors)
    K = len(net.V)
    levels = (K - 1).bit_length()

    for t in range(2 * levels):
        up = t < levels
        step = 2 ** (t if up else 2 * levels - 1 - t)
        pairs = [(k + step, k) for k in range(0, K - step, 2 * step)]
        parts = [(*(p if up else p[::-1]), slice(None)) for p in pairs]
        net.send(t, parts, add=up)
    return net.end()


def message_time(
    messages: Iterable[Any], *, latency: float, per_number: float
) -> float:
    """Time until all rounds of messages have arrived, one after another.

    Args:
        messages: as `AllReduce` holds them; in one round no worker sends
            two, and none receives two.
        latency: a, what a message of any size takes.
        per_number: b, what each number adds.

    Returns:
        The sum over rounds of a + b m, with m the size of the largest
        message of the round.

    Raises:
        TypeError: if messages are none, or an entry of one is
            not whole.
        ValueError: if latency, per_number or such an entry is negative, a
            worker sends or receives two messages in one round, or the
            time is not finite.

    Source:
        eq. `def:message` of this book.
    """
    a = check.not_negative(latency, "latency")
    b = check.not_negative(per_number, "per_number")
    largest: dict[int, int] = {}
    busy: set[tuple[int, str, int]] = set()
    for i, m in enumerate(check.sequence(messages, "messages")):
        check.instance(m, Message, "messages")
        for name, value in m._asdict().items():
            check.whole(value, f"messages[{i}].{name}")
        for end in ((m.round, "send", m.source), (m.round, "get", m.target)):
            if end in busy:
                raise ValueError(
                    f"messages[{i}] must not let a worker send or get two "
                    f"in one round, got {m}"
                )
            busy.add(end)
        largest[m.round] = max(largest.get(m.round, 0), m.size)

    time = sum(a + b * m for m in largest.values())
    if not np.isfinite(time):
        raise ValueError(
            f"latency and per_number must give a finite time, got {a}, {b}"
        )
    return float(time)

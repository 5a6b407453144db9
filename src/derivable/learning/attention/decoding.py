"""From scores to text: sampling, and a decoder that remembers.

Notation:
    z: scores of the next token, shape (k,).
    q, K, V: one query, and the keys and values of all heads so far,
        shapes (h, 1, d) and (h, t, d).
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.attention import _checks, passes
from derivable.learning.attention.heads import attend
from derivable.learning.attention.normalise import normalise
from derivable.linalg import positional_encoding


def next_distribution(
    scores: ArrayLike, *, temperature: float = 1.0, top_k: int | None = None
) -> Array:
    """Probabilities of the next token, flattened or sharpened, or cut.

    Args:
        scores: shape (k,).
        temperature: what the scores are divided by, positive.
        top_k: only so many of the largest scores keep a chance; of
            equal ones the first. Default all.

    Returns:
        Probabilities, shape (k,).

    Raises:
        TypeError: if scores are not real, or top_k is not whole.
        ValueError: if scores are no vector, the temperature is not
            positive, or top_k is not in 1 … k.

    Source:
        eq. `def:temperature` of this book.
    """
    z = check.vector(scores, "scores")
    tau = check.positive(temperature, "temperature")
    n = len(z) if top_k is None else top_k
    check.whole(n, "top_k", least=1, most=len(z))

    kept = np.argsort(-z, kind="stable")[:n]
    with np.errstate(over="ignore"):  # −∞ has no chance, as it should
        e = np.exp((z[kept] - z[kept[0]]) / tau)  # eq. def:temperature
    p = np.zeros_like(z)
    p[kept] = e / e.sum()  # eq. def:temperature
    return p


def sample_tokens(  # noqa: PLR0913
    parameters: Any,
    prompt: ArrayLike,
    *,
    num_heads: int,
    num_tokens: int,
    context: int,
    rng: np.random.Generator,
    temperature: float = 1.0,
    top_k: int | None = None,
) -> NDArray[np.int64]:
    """Write on: draw a token, append it, and ask again.

    Args:
        parameters: as for `transformer`, arrays.
        prompt: tokens to begin with, shape (n,).
        num_heads: heads of each block, h.
        num_tokens: how many to draw.
        context: how many of the last tokens are looked at; beyond the
            windows of the training, positions mean nothing.
        rng: source of randomness.
        temperature: as for `next_distribution`.
        top_k: as for `next_distribution`.

    Returns:
        The prompt and what was drawn, shape (n + num_tokens,).

    Raises:
        TypeError: as `transformer` and `next_distribution`.
        ValueError: as `transformer` and `next_distribution`.
    """
    p = _checks.transformer(parameters, num_heads)
    k = p["E"].shape[0]
    x = list(_checks.prompt(prompt, k))
    check.whole(num_tokens, "num_tokens")
    T = check.whole(context, "context", least=1)
    check.generator(rng)
    how: Any = {"temperature": temperature, "top_k": top_k}
    next_distribution(np.zeros(k), **how)  # refuse before the first draw

    for _ in range(num_tokens):
        with np.errstate(over="ignore", invalid="ignore"):
            Z, _kept = passes.forward(p, np.array([x[-T:]]), num_heads)
        shares = next_distribution(_checks.finite(Z[0, -1], "scores"), **how)
        x.append(_drawn(shares, rng))
    return np.array(x, dtype=np.int64)


def _drawn(p: Array, rng: np.random.Generator) -> int:
    """A place, with its probability; one that has none is never drawn."""
    places = np.flatnonzero(p)
    ends = np.cumsum(p[places])
    at = np.searchsorted(ends[:-1], rng.random(), side="right")
    return int(places[at])


class CachedDecoder:
    """A transformer that reads one token at a time, and keeps its keys.

    Beyond the windows of the training, positions mean nothing.

    Args:
        parameters: as for `transformer`, arrays.
        num_heads: heads of each block, h.

    Attributes:
        length: how many tokens have been read.

    Raises:
        TypeError: as `transformer`.
        ValueError: as `transformer`.
    """

    def __init__(self, parameters: Any, num_heads: int) -> None:
        self._p = _checks.transformer(parameters, num_heads)
        self._num_heads = num_heads
        self._keys: list[list[Array]] = [[] for _ in self._p["blocks"]]
        self._values: list[list[Array]] = [[] for _ in self._p["blocks"]]
        self.length = 0

    def step(self, token: int) -> Array:
        """The scores of the token after this one.

        Args:
            token: in 0 … k − 1.

        Returns:
            Scores, shape (k,), as the last row of `transformer`.

        Raises:
            TypeError: if the token is no whole number.
            ValueError: if it is not in 0 … k − 1, or a score is not
                finite.
        """
        p = self._p
        k, w = p["E"].shape
        check.whole(token, "token", most=k - 1)
        x = p["E"][token] + positional_encoding(self.length + 1, w)[-1]
        self.length += 1

        with np.errstate(over="ignore", invalid="ignore"):
            for i, q in enumerate(p["blocks"]):
                x = x + self._attended(i, q, x) @ q["Wo"]  # eq. def:block
                m, _ = normalise(x, q["g2"], q["b2"])
                x = x + np.maximum(m @ q["W1"] + q["c1"], 0.0) @ q["W2"]
                x = x + q["c2"]
            z = normalise(x, p["g"], p["b"])[0] @ p["U"]
        scores: Array = _checks.finite(z, "scores")
        return scores

    def _attended(self, i: int, q: Any, x: Array) -> Array:
        """One query of block i over all keys; its own is appended."""
        n, _ = normalise(x, q["g1"], q["b1"])
        heads = (self._num_heads, -1)
        self._keys[i].append((n @ q["Wk"]).reshape(heads))
        self._values[i].append((n @ q["Wv"]).reshape(heads))
        K, V = (np.stack(c[i], 1) for c in (self._keys, self._values))
        query = (n @ q["Wq"]).reshape(heads)[:, None]
        found: Array = attend(query, K, V, np.True_)[0].ravel()
        return found
